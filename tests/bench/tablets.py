"""Tablets that post marks over kept-open connections."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import time
import uuid
from typing import Any

from tests.processes import ROOT


def hall(env: dict[str, str], works: int, panels: int) -> dict[str, Any]:
    """Build the event in a process of its own; gives its code and what each tablet needs."""
    command = [sys.executable, "-m", "tests.bench.hall", str(works), str(panels)]
    given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


class Tablet:
    """One judge's device: makes marks of its own sheets and posts them."""

    def __init__(self, host: str, given: dict[str, Any]) -> None:
        self.host, self.given = host, given
        slots = [(sheet["uid"], aspect) for sheet in given["sheets"] for aspect in sheet["aspects"]]
        self.slots = itertools.cycle(slots)
        self.sequence = itertools.count(1)

    async def open(self) -> None:
        address, _, port = self.host.partition(":")
        self.reader, self.writer = await asyncio.open_connection(address, int(port))

    def marks(self, count: int) -> list[dict[str, Any]]:
        return [self._mark() for _ in range(count)]

    def _mark(self) -> dict[str, Any]:
        sheet, aspect = next(self.slots)
        sequence = next(self.sequence)
        return {
            "client_id": str(uuid.uuid4()),
            "sheet": sheet,
            "aspect": aspect["uid"],
            "value": str(sequence % (aspect["top"] + 1)),
            "sequence": sequence,
        }

    async def post(self, path: str, marks: list[dict[str, Any]]) -> dict[str, Any]:
        """Send one batch and wait for its answer; the connection stays open."""
        body = json.dumps({"marks": marks}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nCookie: {self.given['cookie']}\r\n"
            f"X-CSRFToken: {self.given['csrf']}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        status, answer = await self._answer()
        if status != 200:
            raise RuntimeError(f"{path}: {status} {answer[:200]!r}")
        return dict(json.loads(answer))

    async def _answer(self) -> tuple[int, bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        return int(head.split()[1]), await self.reader.readexactly(length)

    def close(self) -> None:
        self.writer.close()


async def opened(hosts: list[str], given: list[dict[str, Any]], count: int) -> list[Tablet]:
    """So many tablets, spread over the processes."""
    tablets = [Tablet(hosts[n % len(hosts)], given[n]) for n in range(count)]
    for tablet in tablets:
        await tablet.open()
    return tablets


async def flood(tablets: list[Tablet], path: str, batch: int, seconds: float) -> float:
    """Every tablet posts its next batch as soon as the last is answered; marks per second."""
    until, taken = time.perf_counter() + seconds, 0

    async def one(tablet: Tablet) -> None:
        nonlocal taken
        while time.perf_counter() < until:
            await tablet.post(path, tablet.marks(batch))
            taken += batch

    started = time.perf_counter()
    await asyncio.gather(*(one(tablet) for tablet in tablets))
    return taken / (time.perf_counter() - started)
