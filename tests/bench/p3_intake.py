"""P3: batches of ten marks from 50 tablets, sustained, beside a bare view that inserts the same rows."""

from __future__ import annotations

import asyncio
import statistics
from typing import Any

from tests.bench.table import row
from tests.bench.tablets import flood, hall, opened
from tests.processes import production_state, serving

TABLETS, BATCH, SECONDS, ROUNDS = 50, 10, 4.0, 5
APPLICATION = "tests.bench.served_marks:application"


async def measure(hosts: list[str], given: list[dict[str, Any]]) -> tuple[float, float]:
    """Medians of both, measured in turn; the rows of the bare view belong to other sheets than ours."""
    ours, beside = [], []
    mine, bare = await opened(hosts, given, TABLETS), await opened(hosts, given[TABLETS:], TABLETS)
    await flood(mine, "/api/v1/judge/marks", BATCH, 1)
    await flood(bare, "/bare", BATCH, 1)
    for _ in range(ROUNDS):
        beside.append(await flood(bare, "/bare", BATCH, SECONDS))
        ours.append(await flood(mine, "/api/v1/judge/marks", BATCH, SECONDS))
    return statistics.median(ours), statistics.median(beside)


def run() -> list[dict[str, Any]]:
    """Two server processes; marks per second, larger is better."""
    with production_state() as env:
        env = {**env, "API_RATE_USER": "1000000/min"}
        made = hall(env, works=102, panels=34)
        with serving(env, APPLICATION) as one, serving(env, APPLICATION) as two:
            ours, beside = asyncio.run(measure([one, two], made["tablets"]))
    what = f"marks per second, batches of {BATCH} from {TABLETS} tablets"
    return [row("P3", what, ours, beside, ">= 0.4 of a bare view that inserts the rows")]


if __name__ == "__main__":
    print(*run(), sep="\n")
