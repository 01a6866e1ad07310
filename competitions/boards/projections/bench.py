"""The organiser's bench: where scoring stands, work by criterion, and what just happened."""

from __future__ import annotations

from typing import Any

from competitions.boards.projections.jury import last_acts
from competitions.boards.projections.public import event_card
from competitions.boards.projections.standings import criteria_of
from competitions.boards.selectors import board_event, cells_of, counts_of, lines_of, round_of, scheme_of

COLUMNS, LAST = 60, 10


def bench_state(code: str, parts: set[str]) -> dict[str, Any]:
    """The state of `bench:<event code>`. matrix: a row per criterion, a cell per work: thousandths, -1 = to resolve."""
    event = board_event(code)
    shown = round_of(event)
    counts = counts_of(shown)
    lines = lines_of(shown)
    window = lines[:COLUMNS]
    criteria = criteria_of(scheme_of(shown))
    cells = cells_of(shown, [line.code for line in window])
    open_ = {line.code: {code[:1] for code in line.unresolved} for line in window}
    matrix = [
        {
            "criterion": c["code"],
            "name": c["name"],
            "cells": [_cell(cells.get((w.code, c["code"])), c["code"] in open_[w.code]) for w in window],
        }
        for c in criteria
    ]
    return {
        "event": event_card(event),
        "progress": {
            "sheets_done": counts.sheets_done,
            "sheets_all": counts.sheets_all,
            "works_done": counts.works_done,
            "works_all": counts.works_all,
            "permille": counts.permille,
        },
        "unresolved": sum(bool(line.unresolved) for line in lines),
        "codes": [line.code for line in window],
        "matrix": matrix,
        "last": last_acts(event, LAST),
    }


def _cell(counted: tuple[int, int] | None, unresolved: bool) -> int:
    if unresolved:
        return -1
    done, every = counted or (0, 0)
    return done * 1000 // every if every else 0
