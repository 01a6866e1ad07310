"""Processes are killed without warning: what was acknowledged stands, and what was promised is done."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests import services
from tests.bench.tablets import hall
from tests.processes import ROOT, production_state, started

pytestmark = [pytest.mark.postgres, pytest.mark.postgres_only]
SWEEP_SECONDS = 30  # of core.sweep_jobs in the timetable


@pytest.fixture
def env() -> Iterator[dict[str, str]]:
    if lacking := {"PostgreSQL", "Redis"} & set(services.missing()):
        pytest.skip(f"missing: {', '.join(sorted(lacking))}")
    with production_state() as made:
        yield made


def rows(env: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        return connection.execute(query).fetchall()


@contextmanager
def made_worker(env: dict[str, str]) -> Iterator[None]:
    """The very command line of `make worker`."""
    said = subprocess.run(["make", "-n", "worker"], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    (line,) = [line for line in said.stdout.splitlines() if "celery" in line]
    line = f"exec {line.strip().removeprefix('@')} --concurrency 1"
    with (Path(env["STATE_DIR"]) / "worker.log").open("w") as log:
        worker = subprocess.Popen(["bash", "-c", line], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            yield
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=30)


def until(env: dict[str, str], query: str, wanted: list[tuple[Any, ...]], patience: float) -> float:
    """Seconds until the database answers so."""
    began = time.monotonic()
    while (found := rows(env, query)) != wanted:
        assert time.monotonic() - began < patience, found
        time.sleep(0.5)
    return time.monotonic() - began


@pytest.mark.slow
def test_a_job_lost_by_a_killed_process_is_done_by_the_worker_with_its_timetable(env: dict[str, str]) -> None:
    given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
    died = subprocess.run([sys.executable, "-m", "tests.flows.dying"], cwd=ROOT, env=given, check=False)
    lost = rows(env, "SELECT name, state, attempts FROM core_job")
    waiting = rows(env, "SELECT state, rows_refused FROM registration_entryimport")

    with made_worker(env):
        until(env, "SELECT state, attempts FROM core_job", [("done", 1)], patience=2 * SWEEP_SECONDS + 30)

    assert died.returncode == -signal.SIGKILL
    assert lost == [("registration.check_import", "waiting", 0)]
    assert waiting != [("checked", 12)]
    assert rows(env, "SELECT state, rows_refused FROM registration_entryimport") == [("checked", 12)]


class Tablet:
    """A judge's device: sends a mark until somebody answers, the same one to the other process when one is gone."""

    def __init__(self, given: dict[str, Any], hosts: list[str]) -> None:
        self.given, self.hosts = given, hosts
        self.slots = cycle([(s["uid"], a) for s in given["sheets"] for a in s["aspects"]])
        self.taken: list[str] = []
        self.sent_again = 0

    def give(self, marks: int, started: Event) -> None:
        for number in range(1, marks + 1):
            sheet, aspect = next(self.slots)
            value = str(number % (aspect["top"] + 1))
            mark = {"client_id": str(uuid4()), "sheet": sheet, "aspect": aspect["uid"], "value": value}
            while not (verdict := self.post({**mark, "sequence": number})):
                self.sent_again += 1
                self.hosts.reverse()
            assert verdict in ("taken", "known")  # known: it was taken, but its answer never came
            self.taken.append(mark["client_id"])
            if number == marks // 4:
                started.set()

    def post(self, mark: dict[str, Any]) -> str:
        """The verdict, or "" when nobody answered."""
        headers = {
            "Content-Type": "application/json",
            "Cookie": self.given["cookie"],
            "X-CSRFToken": self.given["csrf"],
        }
        connection = http.client.HTTPConnection(self.hosts[0], timeout=10)
        try:
            connection.request("POST", "/api/v1/judge/marks", json.dumps({"marks": [mark]}), headers)
            answer = connection.getresponse()
            body = json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()
        assert answer.status == 200, body
        verdict: str = body["verdicts"][0]["verdict"]
        return verdict


@pytest.mark.slow
def test_no_acknowledged_mark_is_lost_when_one_of_two_web_processes_is_killed(env: dict[str, str]) -> None:
    given = hall(env, works=4, panels=1)["tablets"]
    marks, going = 120, Event()

    with started(env) as (doomed, process), started(env) as (other, _):
        tablets = [Tablet(one, [doomed, other] if n % 2 == 0 else [other, doomed]) for n, one in enumerate(given)]
        with ThreadPoolExecutor(len(tablets)) as pool:
            sending = [pool.submit(tablet.give, marks, going) for tablet in tablets]
            assert going.wait(60)
            os.kill(process.pid, signal.SIGKILL)
            for one in sending:
                one.result(timeout=120)

    acknowledged = [uid for tablet in tablets for uid in tablet.taken]
    kept = [str(uid) for (uid,) in rows(env, "SELECT client_id FROM scoring_mark")]
    assert process.returncode == -signal.SIGKILL
    assert sum(tablet.sent_again for tablet in tablets) > 0
    assert len(acknowledged) == marks * len(tablets)
    assert sorted(kept) == sorted(acknowledged)
