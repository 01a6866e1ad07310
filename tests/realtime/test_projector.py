"""Versions follow commits, whoever projects, and a dead process loses nothing."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from backend.core.models import Job
from realtime import notices, projector
from realtime.models import Notice, Touch
from tests.processes import ROOT
from tests.realtime.conftest import Installation
from tests.realtime.viewers import door, heard, watching

TOPIC = "counting:1"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[set[str]]]:
    """A kind of topic whose state is the number of jobs; gives the parts it was asked for."""
    asked: list[set[str]] = []

    def build(key: str, parts: set[str]) -> dict[str, Any]:
        asked.append(parts)
        return {"jobs": Job.objects.count()}

    monkeypatch.setitem(projector._builders, "counting", build)
    yield asked


def write(part: str = "") -> None:
    with transaction.atomic():
        Job.objects.create(name="test", state="done")
        notices.touch(TOPIC, part)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_committed_touch_becomes_the_next_version(built: list[set[str]]) -> None:
    write("a")
    write("b")

    read = notices.read(TOPIC)

    assert (read["version"], read["state"]) == (2, {"jobs": 2})
    assert built == [{"a"}, {"b"}]
    assert Touch.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_was_never_touched(built: list[set[str]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notices.touch(TOPIC)
        raise ZeroDivisionError

    assert notices.read(TOPIC)["version"] == 0


@pytest.mark.django_db(transaction=True)
def test_a_touch_that_changes_nothing_is_no_version(built: list[set[str]]) -> None:
    write()
    with transaction.atomic():
        notices.touch(TOPIC)

    assert notices.read(TOPIC)["version"] == 1
    assert Touch.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_builder_that_raises_loses_no_touch(built: list[set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    good = projector._builders["counting"]

    def broken(key: str, parts: set[str]) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setitem(projector._builders, "counting", broken)
    write("a")
    kept = Touch.objects.count()
    monkeypatch.setitem(projector._builders, "counting", good)
    found = projector.sweep(grace=timedelta(0))

    assert (kept, found) == (1, 1)
    assert notices.read(TOPIC)["version"] == 1
    assert built == [{"a"}]


@pytest.mark.django_db(transaction=True)
def test_a_topic_rests_between_two_versions(built: list[set[str]]) -> None:
    write()
    Job.objects.create(name="test", state="done")
    Touch.objects.create(topic=TOPIC)

    with pytest.raises(projector.TooSoon):
        projector.project(TOPIC, pause=60)

    assert Notice.objects.get(topic=TOPIC).version == 1
    assert Touch.objects.count() == 1


@pytest.fixture
def fed(monkeypatch: pytest.MonkeyPatch, built: list[set[str]]) -> list[set[str]]:
    """A source shown in two topics; gives the parts it was renewed for."""
    renewed: list[set[str]] = []

    def renew(key: str, parts: set[str]) -> list[str]:
        renewed.append(parts)
        return [TOPIC, "counting:2"]

    monkeypatch.setitem(projector._sources, "sums", renew)
    return renewed


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_burst_renews_a_source_once_for_all_topics_that_show_it(fed: list[set[str]], built: list[set[str]]) -> None:
    with transaction.atomic():
        Job.objects.create(name="test", state="done")
        for part in ("a", "b", "a"):
            notices.touch("sums:1", part)

    assert fed == [{"a", "b"}]
    assert built == [set(), set()]
    assert [notices.read(topic)["version"] for topic in (TOPIC, "counting:2", "sums:1")] == [1, 1, 0]
    assert Touch.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_touch_without_a_part_renews_all_of_a_source(fed: list[set[str]]) -> None:
    with transaction.atomic():
        notices.touch("sums:1", "a")
        notices.touch("sums:1")

    assert fed == [set()]


@pytest.mark.django_db(transaction=True)
def test_nobody_watches_a_source(fed: list[set[str]], client: Client) -> None:
    assert not projector.is_public("sums:1")
    assert client.get("/api/v1/notices/sums:1").status_code == 404


async def heal_after_death(installation: Installation, topic: str) -> int:
    socket = await watching(installation.hosts[-1], topic)
    env = {**installation.env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "tests.realtime.dying", topic], cwd=ROOT, env=env, check=False
    )
    assert done.returncode == -9
    message = await heard(socket, 15)
    await socket.close()
    return int(message["version"])


async def test_what_a_killed_process_touched_is_healed_by_the_sweep(embedded: Installation) -> None:
    assert await heal_after_death(embedded, "open:dead") == 1


@pytest.mark.postgres
async def test_versions_never_go_back_with_two_processes(two_processes: Installation) -> None:
    topic, (one, two) = "open:race", two_processes.hosts
    sockets = [await watching(host, topic) for host in (one, one, two, two)]
    seen: list[list[int]] = [[] for _ in sockets]

    async def listen(place: int) -> int:
        jobs = 0
        while jobs < 120:
            message = await heard(sockets[place], 10)
            seen[place].append(message["version"])
            jobs = message["state"]["jobs"]
        return jobs

    listeners = [asyncio.create_task(listen(place)) for place in range(4)]
    for _ in range(6):
        await asyncio.gather(*(door(host, "touch", topic) for host in (one, two) for _ in range(10)))
    finally_seen = await asyncio.gather(*listeners)

    assert len(set(finally_seen)) == 1
    assert all(versions == sorted(set(versions)) for versions in seen)
    assert len({versions[-1] for versions in seen}) == 1
    await asyncio.gather(*(socket.close() for socket in sockets))


@pytest.mark.postgres
async def test_a_viewer_of_one_process_sees_what_the_other_wrote(two_processes: Installation) -> None:
    topic, (one, two) = "open:across", two_processes.hosts
    socket = await watching(two, topic)
    await asyncio.sleep(0.2)

    await door(one, "touch", topic)

    assert (await heard(socket, 2))["version"] == 1
    await socket.close()
