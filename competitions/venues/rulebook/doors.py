"""What may be said at the door: pure functions over plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

ADMISSIONS = ("admitted", "late_admitted")
MISSING = {
    "id_card": "no_id_card",
    "student_card": "no_student_card",
    "participation_card": "no_participation_card",
}


def is_late(scanned_at: datetime, starts_at: datetime | None, late_minutes: int) -> bool:
    """Whether somebody stood at the door after the cut-off; the last second of the time still counts as in time.

    starts_at: when the session begins, None where no session was chosen: then nobody is late.
    late_minutes: a setting of the event; no figure for the mainland was found (docs/regulations.md).
    """
    return starts_at is not None and scanned_at > starts_at + timedelta(minutes=late_minutes)


def fault_of(
    *,
    verdict: str,
    reasons: Sequence[str],
    note: str,
    papers: Collection[str],
    asked: Collection[str],
    late: bool,
    listed: bool,
    card_ended: bool,
) -> str:
    """Why a verdict cannot stand as it was said, "" when it can.

    papers: what was shown; asked: what this event asks for; listed: whether the person takes part.
    """
    if verdict == "refused":
        return "" if reasons else "reason_missing"
    faults = (
        ("not_listed", not listed),
        ("card_ended", card_ended),
        ("papers_missing", bool(set(asked) - set(papers))),
        ("too_late", verdict == "admitted" and late),
        ("note_missing", verdict == "late_admitted" and not note.strip()),
    )
    return next((code for code, found in faults if found), "")


def skew_of(sent_at: datetime | None, received_at: datetime, *, tolerance_seconds: int = 5) -> timedelta:
    """How far the server's clock is ahead of the desk's; a few seconds are the way through the network, not skew."""
    if sent_at is None or abs(received_at - sent_at) <= timedelta(seconds=tolerance_seconds):
        return timedelta(0)
    return received_at - sent_at
