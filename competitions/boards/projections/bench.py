"""The organiser's bench: where scoring stands, work by criterion, and what just happened."""

from __future__ import annotations

from typing import Any

from competitions.boards.projections.jury import last_acts
from competitions.boards.projections.public import event_card
from competitions.boards.projections.standings import criteria_of
from competitions.boards.selectors import (
    board_round,
    cells_of,
    counts_of,
    first_codes,
    scheme_of,
    unresolved_of,
)

COLUMNS, LAST = 60, 10


def bench_state(event_code: str, parts: set[str]) -> dict[str, Any]:
    """The state of `bench:<event code>`. matrix: a row per criterion, a cell per work: thousandths, -1 = to resolve."""
    shown = board_round(event_code)
    event = shown.event
    counts = counts_of(shown)
    codes = first_codes(shown, COLUMNS)
    waiting = unresolved_of(shown)
    criteria = criteria_of(scheme_of(shown))
    cells = cells_of(shown, codes)
    open_ = {code: {aspect[:1] for aspect in waiting.get(code, ())} for code in codes}
    matrix = [
        {
            "criterion": c["code"],
            "name": c["name"],
            "cells": [_cell(cells.get((code, c["code"])), c["code"] in open_[code]) for code in codes],
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
        "unresolved": len(waiting),
        "codes": codes,
        "matrix": matrix,
        "last": last_acts(event, LAST),
    }


def _cell(counted: tuple[int, int] | None, unresolved: bool) -> int:
    if unresolved:
        return -1
    done, every = counted or (0, 0)
    return done * 1000 // every if every else 0
