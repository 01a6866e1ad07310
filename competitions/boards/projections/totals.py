"""Stored totals are renewed once for all boards, however many marks came and however many topics show them."""

from __future__ import annotations

from competitions.boards.selectors import board_round
from competitions.scoring.projections import renew_totals

SHOWN_IN = ("board", "jury", "bench")  # in this order: the hall waits


def totals_source(code: str, parts: set[str]) -> list[str]:
    """Renew `totals:<event code>`: the touched works, or all; gives the topics that show them."""
    renew_totals(board_round(code), sorted(parts))
    return [f"{kind}:{code}" for kind in SHOWN_IN]
