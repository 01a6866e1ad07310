"""P9: tabulating 1,000 entries x 150 aspects x 3 judges, beside reading the document and one sum."""

import gc
import json
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from backend.tabulation import canonical, tabulate

ENTRIES, ASPECTS, JUDGES, ROUNDS = 1000, 150, 3, 5
TARGET = 6.0

ROUND_2 = {"digits": 2, "mode": "half_up"}


def document() -> bytes:
    """Half of the aspects judged by levels, half marked in points; three sections, ranked, awarded."""
    leaves = [_aspect(number) for number in range(ASPECTS)]
    sections = [
        {"code": f"S{part}", "kind": "sum", "of": [leaf["code"] for leaf in leaves[part::3]]} for part in range(3)
    ]
    total = {
        "code": "total",
        "kind": "weighted",
        "of": [["S0", "0.3"], ["S1", "0.3"], ["S2", "0.4"]],
        "minus": ["PEN"],
        "floor": "0",
        "round": ROUND_2,
    }
    scheme = {"total": "total", "nodes": [*leaves, *sections, {"code": "PEN", "kind": "deductions"}, total]}
    return canonical(
        {
            "format": "tabulation/1",
            "event": {"code": "BENCH"},
            "scheme": scheme,
            "entries": [{"code": f"E{number:04}"} for number in range(ENTRIES)],
            "marks": [mark for entry in range(ENTRIES) for mark in _marks(entry, leaves)],
            "ranking": {"by": [["total", "desc"], ["S0", "desc"]]},
            "awards": {"tiers": [{"code": "first", "ratio": "0.1"}, {"code": "second", "ratio": "0.2"}]},
        }
    )


def _aspect(number: int) -> dict[str, Any]:
    if number % 2:
        return {"code": f"A{number}", "kind": "judgement", "max": "1.50", "levels": 3, "round": ROUND_2}
    return {"code": f"A{number}", "kind": "panel", "max": "10", "round": ROUND_2}


def _marks(entry: int, leaves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "entry": f"E{entry:04}",
            "node": leaf["code"],
            "judge": f"J{judge}",
            "value": _value(entry, number, judge),
        }
        for number, leaf in enumerate(leaves)
        for judge in range(JUDGES)
    ]


def _value(entry: int, number: int, judge: int) -> str:
    spread = (entry * 7919 + number * 104729 + judge * 611953) % 1001
    return str(entry * number % 3 + spread % 2) if number % 2 else f"{spread // 100}.{spread % 100:02}"


def limit(text: bytes) -> Decimal:
    return sum((Decimal(mark["value"]) for mark in json.loads(text)["marks"]), Decimal(0))


def run() -> list[dict[str, Any]]:
    """Medians of five, both measured alternately in the same run; seconds."""
    text = document()
    ours, beside = [], []
    for _ in range(ROUNDS):
        beside.append(_seconds(limit, text))
        ours.append(_seconds(lambda text: canonical(tabulate(text)), text))
    mine, least = statistics.median(ours), statistics.median(beside)
    what = f"tabulation of {ENTRIES} entries x {ASPECTS} aspects x {JUDGES} judges, seconds"
    return [
        {
            "id": "P9",
            "what": what,
            "ours": round(mine, 3),
            "beside": round(least, 3),
            "ratio": round(mine / least, 2),
            "target": f"<= {TARGET:g}x json.loads + Decimal of each mark + one sum",
        }
    ]


def _seconds(call: Callable[[bytes], Any], text: bytes) -> float:
    gc.collect()
    start = time.perf_counter()
    call(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    for row in run():
        print(row)
