"""P1: one board change to the last of 2,000 viewers of one process, beside a bare server and per-socket groups."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.table import row
from tests.bench.viewers import Crowd, trigger
from tests.processes import ROOT, free_port, production_state, serving, wait_until_ready

VIEWERS, ROUNDS, BYTES = 2000, 9, 4096


async def measure(host: str, topic: str, path: str, rounds: int = ROUNDS, size: int = BYTES) -> float:
    """Median milliseconds over the rounds, the first one aside."""
    crowd = Crowd(host, topic)
    await crowd.gather(VIEWERS)
    door = await trigger(host, path)
    times = []
    for _ in range(rounds):
        times.append(await crowd.until_all_have(size, door.fire))
        await asyncio.sleep(0.3)
    if crowd.lost:
        raise ConnectionError(f"{crowd.lost} viewers were lost")
    await crowd.part()
    return statistics.median(times[1:])


@contextmanager
def bare() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_server", str(port), str(BYTES)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def run() -> list[dict[str, Any]]:
    """Ours: the same text published to the hub; then the whole way from a write in PostgreSQL."""
    with production_state() as env:
        env = {**env, "STATE_BYTES": str(BYTES)}
        with bare() as host:
            limit = asyncio.run(measure(host, "open:bench", "/fire"))
        with serving(env, "tests.realtime.served:application") as host:
            ours = asyncio.run(measure(host, "open:bench", "/publish?topic=open:bench"))
            whole = asyncio.run(measure(host, "open:whole", "/touch?topic=open:whole"))
        with serving(env, "tests.bench.per_socket:application") as host:
            groups = asyncio.run(measure(host, "open:bench", "/fire", rounds=4))
    what = f"change to the last of {VIEWERS} viewers, one process, ms"
    return [
        row("P1", what, ours, limit, "<= 2x a bare asyncio server (3x: noise)"),
        row("P1", what, ours, groups, "<= 0.1x Channels group_send to each socket"),
        row("P1", "the same from the request that writes it to PostgreSQL, ms", whole),
    ]


if __name__ == "__main__":
    print(*run(), sep="\n")
