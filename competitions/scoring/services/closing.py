"""What becomes of the sheets of a closed seat: a successor's new ones stand in their place, or they are voided."""

from __future__ import annotations

from collections.abc import Sequence

from competitions.judges.models import Seat
from competitions.scoring.models import SHEET, Sheet


def close_sheets(
    sheets: Sequence[Sheet], successor: Seat | None, reason: str, *, attempt: int | None = None
) -> list[Sheet]:
    """Pass locked sheets on to the successor, or void them where nobody follows; returns the new sheets.

    Their marks stay and count no more. attempt: of the new sheets, where the panel is about to score again.
    """
    verb = "void" if successor is None else "pass_on"
    for sheet in sheets:
        sheet.state, sheet.closed_reason = SHEET.after(sheet.state, verb), reason.strip()[:200]
    Sheet.objects.bulk_update(sheets, ["state", "closed_reason"], batch_size=500)
    if successor is None:
        return []
    return Sheet.objects.bulk_create(
        [
            Sheet(work=s.work, sub_criterion=s.sub_criterion, seat=successor, attempt=attempt or s.attempt, follows=s)
            for s in sheets
        ],
        batch_size=500,
    )


def successor_of(seat: Seat) -> Seat | None:
    """Who sits in a closed seat's place now, however often it changed; None where nobody followed."""
    following = Seat.objects.filter(succeeds=seat).first()
    while following is not None and following.ended_at is not None:
        following = Seat.objects.filter(succeeds=following).first()
    return following
