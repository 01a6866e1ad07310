"""Stored totals are renewed where a topic is built: for the touched works, before the state is read."""

from __future__ import annotations

from competitions.boards.selectors import board_event, lock_works, round_of, totals_missing
from competitions.scoring.projections import renew_totals
from realtime.projector import Builder


def up_to_date(build: Builder) -> Builder:
    """The builder, with the totals of the touched works renewed first; of all works when none has any yet."""

    def renewed(code: str, parts: set[str]) -> dict[str, object]:
        shown = round_of(board_event(code))
        if parts:
            lock_works(shown, parts)  # whoever writes a total later has also read the marks later
            renew_totals(shown, sorted(parts))
        elif totals_missing(shown):
            renew_totals(shown)
        return build(code, parts)

    return renewed
