"""The jury's board: every code with its total so far, what is unresolved first."""

from __future__ import annotations

from typing import Any

from backend.audit.selectors import timeline_of_event
from backend.core.actor import SYSTEM
from competitions.boards.projections.public import MOST_ROWS, event_card
from competitions.boards.projections.standings import criteria_of, fitting, placed, points, shares
from competitions.boards.selectors import board_round, criteria_so_far, scheme_of, unresolved_of
from competitions.contests.models import Event

ROWS, LAST = 11 * 1024, 8


def jury_state(code: str, parts: set[str]) -> dict[str, Any]:
    """The state of `jury:<event code>`."""
    shown = board_round(code)
    event = shown.event
    criteria = criteria_of(scheme_of(shown))
    places = placed(event, shown)
    waiting = unresolved_of(shown)
    first = sorted(places, key=lambda p: p.line.code not in waiting)[:MOST_ROWS]
    so_far = criteria_so_far(shown, [p.line.code for p in first])
    rows = (
        {
            "rank": p.rank,
            "code": p.line.code,
            "status": p.line.status,
            "total": points(event, p) if p.rank else "",
            "complete": p.line.total is not None,
            "done": p.line.done,
            "all": p.line.all,
            "parts": shares(so_far[p.line.code], criteria),
            "unresolved": waiting.get(p.line.code, [])[:6],
            "more": max(0, len(waiting.get(p.line.code, [])) - 6),
        }
        for p in first
    )
    return {
        "event": event_card(event),
        "criteria": criteria,
        "rows": fitting(rows, ROWS),
        "count": len(places),
        "waiting": len(waiting),
        "sheets_done": sum(p.line.done for p in places),
        "sheets_all": sum(p.line.all for p in places),
        "last": last_acts(event, LAST),
    }


def last_acts(event: Event, limit: int) -> list[dict[str, str]]:
    """The newest audit lines of the event: act, role and label; labels hold nothing personal."""
    return [
        {"at": e.at.isoformat(), "action": e.action, "role": e.role, "kind": e.subject_kind, "subject": e.subject_label}
        for e in timeline_of_event(SYSTEM, event.code, limit)
    ]
