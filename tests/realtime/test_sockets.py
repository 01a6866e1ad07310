"""Sockets of one embedded process: newest state at once, healing, limits and strangers."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from websockets.exceptions import InvalidStatus

from tests.realtime.conftest import Installation
from tests.realtime.viewers import answered, closed_with, door, fetch, heard, watching


async def test_a_touch_reaches_the_viewer_with_the_next_version(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:plain"
    socket = await watching(host, topic)

    await door(host, "touch", topic)
    first = await heard(socket)
    await door(host, "touch", topic)
    second = await heard(socket)

    assert (first["topic"], first["version"], second["version"]) == (topic, 1, 2)
    assert second["state"]["jobs"] == first["state"]["jobs"] + 1
    await socket.close()


async def test_a_touch_made_in_a_task_reaches_the_viewer_within_a_second(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:task"
    socket = await watching(host, topic)
    await door(host, "task", topic)  # the worker has run once
    await heard(socket)

    started = time.monotonic()
    await door(host, "task", topic)
    message = await heard(socket)

    assert message["version"] == 2
    assert time.monotonic() - started < 1
    await socket.close()


async def test_a_viewer_who_is_behind_is_healed_from_the_row(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:heal"
    early = await watching(host, topic)
    assert await answered(early) == {"same": 0}
    for _ in range(2):
        await door(host, "touch", topic)
        await heard(early)

    late = await watching(host, topic, have=1)
    healed = await heard(late)
    await early.send(json.dumps({"have": 2}))
    confirmed = await answered(early)
    await early.send(json.dumps({"have": 1}))
    healed_on_beat = await heard(early)

    assert healed["version"] == 2
    assert confirmed == {"same": 2}
    assert healed_on_beat == healed
    await asyncio.gather(early.close(), late.close())


async def test_a_burst_of_writes_becomes_few_pushes_and_the_last_is_whole(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:burst"
    socket = await watching(host, topic)
    await door(host, "touch", topic)
    first = await heard(socket)

    await asyncio.gather(*(door(host, "touch", topic) for _ in range(40)))
    versions, jobs = [first["version"]], first["state"]["jobs"]
    while jobs < first["state"]["jobs"] + 40:
        message = await heard(socket)
        versions.append(message["version"])
        jobs = message["state"]["jobs"]

    assert versions == sorted(set(versions))
    assert len(versions) <= 20
    await socket.close()


async def test_a_builder_that_raises_stops_nothing_else(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:beside"
    socket = await watching(host, topic)

    await door(host, "touch", "open:broken")
    await door(host, "touch", topic)

    assert (await heard(socket))["version"] == 1
    await socket.close()


@pytest.mark.parametrize("topic", ["closed:mine", "unknown:x", "open", "x" * 200])
async def test_a_stranger_without_a_ticket_is_turned_away(embedded: Installation, topic: str) -> None:
    socket = await watching(embedded.hosts[0], topic)

    assert await closed_with(socket) == 4403


async def test_a_page_of_another_site_cannot_open_a_socket(embedded: Installation) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await watching(embedded.hosts[0], "open:plain", origin="http://elsewhere.example")

    assert refused.value.response.status_code == 403


async def test_our_own_page_can_open_a_socket(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:origin"
    await door(host, "touch", topic)
    socket = await watching(host, topic, origin=f"http://{host}")

    assert (await heard(socket))["version"] == 1
    await socket.close()


@pytest.mark.parametrize("said", ["not json", "[]", '"text"', "x" * 5000])
async def test_what_cannot_be_understood_closes_the_socket(embedded: Installation, said: str) -> None:
    socket = await watching(embedded.hosts[0], "open:noise")
    await socket.send(said)

    assert await closed_with(socket) == 4400


async def test_a_client_that_talks_too_much_is_closed(embedded: Installation) -> None:
    socket = await watching(embedded.hosts[0], "open:talk")
    for _ in range(12):
        await socket.send(json.dumps({"have": 0}))

    assert await closed_with(socket) == 4429


async def test_a_public_topic_can_be_read_without_a_socket(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:poll"
    socket = await watching(host, topic)
    await door(host, "touch", topic)
    pushed = await heard(socket)

    status, body = await fetch(f"http://{host}/api/v1/notices/{topic}")
    unchanged, _ = await fetch(f"http://{host}/api/v1/notices/{topic}", **{"If-None-Match": '"1"'})
    private, _ = await fetch(f"http://{host}/api/v1/notices/closed:x")

    assert (status, json.loads(body)) == (200, pushed)
    assert unchanged == 304
    assert private == 404
    await socket.close()


async def test_a_viewer_who_does_not_read_holds_nobody_up(embedded: Installation) -> None:
    host, topic = embedded.hosts[0], "open:slow"
    reader, writer = await asyncio.open_connection(*host.split(":"), limit=1024)
    writer.write(
        f"GET /ws/notices HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    said = json.dumps({"watch": topic, "have": 0}).encode()
    writer.write(bytes([0x81, 0x80 | len(said), 0, 0, 0, 0]) + said)
    quick = await watching(host, topic)

    for version in range(1, 6):
        await door(host, "touch", topic)
        assert (await heard(quick, 2))["version"] == version

    writer.close()
    await quick.close()
