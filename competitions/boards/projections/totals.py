"""Stored totals are renewed once for all boards, however many marks came and however many topics show them."""

from __future__ import annotations

from competitions.contests.models import Round
from competitions.scoring.projections import renew_totals

SHOWN_IN = ("board", "jury", "bench")  # in this order: the hall waits


def renew_board_totals(shown: Round, parts: set[str]) -> None:
    """Renew the totals of the touched works (none: of all)."""
    renew_totals(shown, sorted(parts))
