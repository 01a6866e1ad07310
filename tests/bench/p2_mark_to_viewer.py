"""P2: a mark posted by one of 50 tablets until 1,000 viewers of two processes have the board that holds it."""

from __future__ import annotations

import asyncio
import json
import random
import time
from typing import Any

import psycopg

from tests.bench.table import row
from tests.bench.tablets import Tablet, hall, opened
from tests.bench.viewers import Crowd, Viewer
from tests.processes import production_state, serving

TABLETS, VIEWERS, SECONDS = 50, 1000, 30.0
APPLICATION = "tests.bench.served_marks:application"


class Watch:
    """What every viewer received, and when."""

    def __init__(self) -> None:
        self.arrived: dict[Viewer, list[tuple[int, float]]] = {}
        self.rest: dict[Viewer, bytes] = {}
        self.upto: dict[int, int] = {}  # version -> the newest mark in it

    def chunk(self, viewer: Viewer, data: bytes) -> None:
        """Cut frames; each version's text is read once, whoever has it first."""
        data = self.rest.pop(viewer, b"") + data
        while (frame := cut(data)) is not None:
            kind, text, data = frame
            if kind == 1 and text.startswith(b'{"topic"'):
                self._take(viewer, text)
        if data:
            self.rest[viewer] = data

    def _take(self, viewer: Viewer, text: bytes) -> None:
        at = time.perf_counter()
        version = int(text.split(b'"version":', 1)[1].split(b",", 1)[0])
        self.arrived.setdefault(viewer, []).append((version, at))
        if version not in self.upto:
            self.upto[version] = json.loads(text)["state"].get("upto", 0)

    async def settled(self, number: int) -> None:
        """Until every viewer has the version with the last mark, or half a minute."""
        until = time.perf_counter() + 30
        while time.perf_counter() < until:
            if all(self.upto[seen[-1][0]] >= number for seen in self.arrived.values()):
                return
            await asyncio.sleep(0.1)

    def out_of_order(self) -> int:
        return sum(a >= b for seen in self.arrived.values() for (a, _), (b, _) in zip(seen, seen[1:], strict=False))


def cut(data: bytes) -> tuple[int, bytes, bytes] | None:
    """The first whole frame of a server: opcode, text, rest."""
    if len(data) < 2:
        return None
    length, start = data[1] & 0x7F, 2
    if length == 126:
        length, start = int.from_bytes(data[2:4], "big"), 4
    elif length == 127:
        length, start = int.from_bytes(data[2:10], "big"), 10
    if len(data) < start + length:
        return None
    return data[0] & 0x0F, data[start : start + length], data[start + length :]


async def tap(tablets: list[Tablet], pause: float) -> dict[str, float]:
    """Every tablet marks on average each `pause` seconds, for SECONDS; gives when each mark was sent."""
    sent: dict[str, float] = {}

    async def one(tablet: Tablet) -> None:
        until = time.perf_counter() + SECONDS
        await asyncio.sleep(random.random() * pause)
        while time.perf_counter() < until:
            marks = tablet.marks(1)
            sent[marks[0]["client_id"]] = time.perf_counter()
            answer = await tablet.post("/api/v1/judge/marks", marks)
            if answer["verdicts"][0]["verdict"] != "taken":
                raise RuntimeError(str(answer))
            await asyncio.sleep(pause * (0.5 + random.random()))

    await asyncio.gather(*(one(tablet) for tablet in tablets))
    return sent


async def measure(hosts: list[str], made: dict[str, Any], pause: float, database: str) -> tuple[list[float], int, int]:
    """Latencies of every mark at every viewer in ms, marks that a viewer never saw, versions out of order."""
    topic = f"board:{made['event']}"
    crowds = [Crowd(host, topic) for host in hosts]
    watch = Watch()
    for crowd in crowds:
        crowd.heard = watch.chunk
        await crowd.gather(VIEWERS // len(hosts))
    tablets = await opened(hosts, made["tablets"], TABLETS)
    sent = await tap(tablets, pause)
    marks = numbers_of(database)
    await watch.settled(max(marks.values()))
    by_number = {marks[client_id]: at for client_id, at in sent.items()}
    latencies, lost = latencies_of(by_number, watch, [v for crowd in crowds for v in crowd.viewers])
    for crowd in crowds:
        await crowd.part()
    return latencies, lost, watch.out_of_order()


def numbers_of(database: str) -> dict[str, int]:
    """Each mark's key, in the order of the table, by its client id."""
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT client_id::text, id FROM scoring_mark").fetchall()
    return dict(found)


def latencies_of(sent: dict[int, float], watch: Watch, viewers: list[Viewer]) -> tuple[list[float], int]:
    """Milliseconds from each post to the first version at each viewer that reaches the mark; how many never came."""
    found, lost = [], 0
    wanted = sorted(sent.items())
    for viewer in viewers:
        seen = iter(watch.arrived.get(viewer, []))
        upto, arrived = 0, 0.0
        for number, at in wanted:
            while upto < number:
                version, arrived = next(seen, (-1, 0.0))
                if version == -1:
                    break
                upto = watch.upto[version]
            if upto < number:
                lost += 1
            else:
                found.append((arrived - at) * 1000)
    return sorted(found), lost


def run() -> list[dict[str, Any]]:
    """At a hall's pace (a mark each 6 s a judge) and at six times that."""
    rows = []
    with production_state() as env:
        made = hall(env, works=102, panels=17)
        with serving(env, APPLICATION) as one, serving(env, APPLICATION) as two:
            for pause in (6.0, 1.0):
                found, lost, disorder = asyncio.run(measure([one, two], made, pause, env["DATABASE_URL"]))
                what = f"mark to {VIEWERS} viewers, {TABLETS} tablets, one mark each {pause:g} s: "
                rows.append(row("P2", what + "p50, ms", found[len(found) // 2], target="<= 60"))
                rows.append(row("P2", what + "p99, ms", found[len(found) * 99 // 100], target="<= 250"))
                rows.append(row("P2", what + "lost or out of order", lost + disorder, target="0"))
    return rows


if __name__ == "__main__":
    print(*run(), sep="\n")
