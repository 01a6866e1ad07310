"""T1 for registration: Redis, PostgreSQL and workers are killed without warning in the middle of the last evening.

What a client was told stands, nothing is half-written, the same thing sent again changes nothing, and the web process
serves again by itself.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.flows.offices import KINDLY, Client, Office, work
from tests.flows.test_killed_processes import rows, until
from tests.mortal import MortalPostgres, MortalRedis, lacking, mortal_state
from tests.processes import ROOT, started

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.postgres_only]
State = tuple[dict[str, str], MortalPostgres, MortalRedis]
BACK_SECONDS = 15  # after which the web process has to serve again, without a restart
LET_IN = {
    "verdict": "admitted",
    "method": "qr",
    "scanned_at": "2026-05-10T01:00:00Z",
    "papers": ["id_card", "student_card", "participation_card"],
}


@pytest.fixture
def state() -> Iterator[State]:
    if reason := lacking():
        pytest.skip(reason)
    with mortal_state() as (env, database, broker):
        yield env | {"MFA_REQUIRED": "0"}, database, broker


def night(env: dict[str, str], **given: int) -> dict[str, Any]:
    eager = {**env, "TASKS_EAGER": "1"}
    command, asked = [sys.executable, "-m", "tests.browser.seed"], json.dumps(["tests.flows.registering:night", given])
    run = subprocess.run(command, input=asked, cwd=ROOT, env=eager, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(run.stdout)
    assert "error" not in told, told["error"]
    found: dict[str, Any] = told["answer"]
    return found


@contextmanager
def away(
    service: MortalPostgres | MortalRedis, going: threading.Event, seconds: float
) -> Iterator[Callable[[], float]]:
    """Kills a service once the work is going and starts it again; gives when it was back."""
    back: list[float] = []

    def run() -> None:
        assert going.wait(60)
        service.kill()
        time.sleep(seconds)
        service.start()
        back.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    yield lambda: back[0]
    thread.join(90)
    assert back


def stands_whole(env: dict[str, str], told: list[tuple[int, str]]) -> None:
    """Each person once, in a team of one that is handed in when its submission was acknowledged; nothing beside."""
    people = "registration_entry e JOIN registration_member m ON m.entry_id = e.id"
    where = "e.event_id = (SELECT id FROM contests_event WHERE code = 'P5')"
    teams = rows(env, f"SELECT e.uid, e.state, count(m.id) FROM {people} WHERE {where} GROUP BY e.id")
    assert len(teams) == len(told)
    assert {count for _uid, _state, count in teams} == {1}
    by_uid = {str(uid): state for uid, state, _count in teams}
    acknowledged = [re.findall(r"[0-9a-f-]{36}", where)[0] for _serial, where in told if where]
    assert {by_uid[uid] for uid in acknowledged} == {"submitted"}
    (handed,) = rows(env, "SELECT count(*), count(DISTINCT entry_id) FROM registration_submission")[0:1]
    assert handed[0] == handed[1] == list(by_uid.values()).count("submitted")


@pytest.mark.parametrize("seconds", [1.0, 12.0])
def test_submissions_survive_a_killed_database(state: State, seconds: float) -> None:
    env, database, _broker = state
    given, going = night(env, schools=4), threading.Event()

    with started(env) as (host, _process):
        offices = [Office(host, cookie) for cookie in given["offices"]]
        with away(database, going, seconds) as back:
            told = work(offices, given["event"], 100, 40, going)
        first_page = Client(host, given["offices"][0])
        first_page.until_told("/school/")
        recovered = time.monotonic() - back()

    met = sum((office.met for office in offices), Counter())
    assert met[503] > 0
    assert met[500] == 0
    assert recovered < BACK_SECONDS
    stands_whole(env, told)


def test_submissions_and_doors_go_on_while_redis_is_away(state: State) -> None:
    env, _database, broker = state
    given, going = night(env, schools=3, desks=30), threading.Event()
    members = given["doors"]["members"]
    address = f"/api/v1/events/{given['doors']['code']}/checkin/scans"

    def scans(host: str) -> list[str]:
        desk, said = Client(host, given["doors"]["cookies"][0]), []
        for n, member in enumerate(members):
            scan = {**LET_IN, "client_id": str(uuid4()), "member": member}
            for again in range(2):  # the second: as if the answer had been lost
                status, text, _ = desk.until_told(address, json.dumps({"scans": [scan]}), "application/json")
                assert status == 200, text
                said.append(json.loads(text)["verdicts"][0]["verdict"])
                assert said[-1] == ("taken", "known")[again]
            if n == len(members) // 4:
                going.set()
        assert set(desk.met) == {200}
        return said

    with started(env) as (host, _process):
        offices = [Office(host, cookie) for cookie in given["offices"]]
        with away(broker, going, 3.0), ThreadPoolExecutor(1) as pool:
            doors = pool.submit(scans, host)
            told = work(offices, given["event"], 100, 40, threading.Event())
            said = doors.result(timeout=120)

    assert sum((office.met for office in offices), Counter()).keys() == {302}  # nobody noticed
    stands_whole(env, told)
    assert Counter(said) == {"taken": len(members), "known": len(members)}
    assert rows(env, "SELECT count(*), count(DISTINCT client_id) FROM venues_checkin") == [(len(members),) * 2]


def test_a_confirmation_cut_by_a_killed_database_takes_all_or_nothing(state: State) -> None:
    env, database, _broker = state
    given = night(env, schools=1, rows=4000)
    address = f"/imports/{given['import']}/confirm/"

    with started(env) as (host, _process):
        organiser = Client(host, given["organiser"])
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(organiser.send, address, "do=confirm")
            _until_writing(env)
            database.kill()
            first = asked.result(timeout=60)
        database.start()
        kinds = ("entry", "member", "importrow", "entryimport")
        between = [rows(env, f"SELECT count(*) FROM registration_{kind}")[0][0] for kind in kinds]
        second = organiser.until_told(address, "do=confirm")
        third = organiser.until_told(address, "do=confirm")

    assert first[0] in KINDLY
    assert between == [0, 0, 4000, 1]
    assert (second[0], third[0]) == (302, 409)
    assert rows(env, "SELECT count(*), count(DISTINCT person_id) FROM registration_member") == [(4000, 4000)]
    assert rows(env, "SELECT state FROM registration_entryimport") == [("confirmed",)]


def _until_writing(env: dict[str, str]) -> None:
    """Until a transaction of the web process has begun to insert."""
    inserting = (
        "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND query LIKE 'INSERT INTO \"registration_%'"
    )
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as watching:
        give_up_at = time.monotonic() + 60
        while watching.execute(inserting).fetchone() == (0,):
            assert time.monotonic() < give_up_at
            time.sleep(0.005)


def test_a_check_whose_worker_is_killed_is_done_once_by_the_next(state: State) -> None:
    env, _database, _broker = state
    given = night(env, schools=1, rows=4000)
    again = f"/imports/{given['import']}/recheck/"
    running, done = [("running",)], [("done", 2)]
    last = "SELECT state FROM core_job ORDER BY id DESC LIMIT 1"

    with started(env) as (host, _process):
        with worker(env) as doomed:
            assert Client(host, given["organiser"]).send(again, "do=recheck")[0] == 302
            until(env, last, running, patience=60)
            os.killpg(doomed.pid, signal.SIGKILL)
        staged = rows(env, "SELECT state FROM registration_entryimport")
        later = "UPDATE core_job SET started_at = started_at - interval '6 minutes' WHERE state = 'running'"
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as clock:
            clock.execute(later)  # instead of waiting until the sweep takes the runner for dead
        with worker(env):
            until(env, "SELECT state, attempts FROM core_job ORDER BY id DESC LIMIT 1", done, patience=120)

    assert staged == [("staged",)]
    assert rows(env, "SELECT state, rows_refused FROM registration_entryimport") == [("checked", 0)]
    assert rows(env, "SELECT count(*), count(DISTINCT number) FROM registration_importrow") == [(4000, 4000)]


@contextmanager
def worker(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with its timetable, in a process group of its own."""
    schedule = str(Path(env["STATE_DIR"]) / f"beat-{uuid4().hex}")
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "backend.config.celery",
        "worker",
        "--beat",
        "--schedule",
        schedule,
    ]
    with (Path(env["STATE_DIR"]) / "worker.log").open("a") as log:
        process = subprocess.Popen(
            [*command, "--concurrency", "1"], cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
