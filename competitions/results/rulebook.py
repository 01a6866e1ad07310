"""Who goes on to the next stage: a published ranking and a rule in, the chosen and the others with their reason out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from competitions.contests.rulebook import PromotionRule

ROUNDINGS = {"down": ROUND_FLOOR, "up": ROUND_CEILING, "half_up": ROUND_HALF_UP}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One published row. rank None: absent or disqualified; total: in marks."""

    code: str
    school: str
    rank: int | None
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Choice:
    """places: how many the rule gives. left_out: why each of the others stays, in the order of the ranking."""

    places: int
    chosen: tuple[Ranked, ...]
    left_out: tuple[tuple[Ranked, str], ...]


def places_of(rule: PromotionRule, ranked: int) -> int:
    """How many go on of so many ranked: the share is rounded once, as the rule says, and never below its least."""
    if rule.take == "all":
        return ranked
    if rule.take == "top":
        return min(rule.n, ranked)
    share = (rule.ratio * ranked).to_integral_value(ROUNDINGS[rule.rounding])
    return min(max(int(share), rule.least), ranked)


def choose(rows: Sequence[Ranked], rule: PromotionRule) -> Choice:
    """The best by rank, as many as there are places.

    Reasons: not_ranked, below_minimum, school_full (the place goes to the next), tied_out (a tie at the last place and
    the rule leaves it), beyond_places.
    """
    ranked = sorted((r for r in rows if r.rank is not None), key=lambda r: (r.rank or 0, r.code))
    reasons: dict[str, str] = {r.code: "not_ranked" for r in rows if r.rank is None}
    fit, schools = [], Counter[str]()
    for row in ranked:
        reason = _unfit(row, rule, schools)
        if reason:
            reasons[row.code] = reason
        else:
            schools[row.school] += 1
            fit.append(row)
    places = places_of(rule, len(ranked))
    chosen = _with_ties(fit, places, rule.ties, reasons)
    order = [*ranked, *(r for r in rows if r.rank is None)]
    return Choice(places, tuple(chosen), tuple((r, reasons[r.code]) for r in order if r.code in reasons))


def _unfit(row: Ranked, rule: PromotionRule, schools: Counter[str]) -> str:
    if rule.total_min is not None and (row.total is None or row.total < rule.total_min):
        return "below_minimum"
    if rule.per_school_max is not None and schools[row.school] >= rule.per_school_max:
        return "school_full"
    return ""


def _with_ties(fit: Sequence[Ranked], places: int, ties: str, reasons: dict[str, str]) -> list[Ranked]:
    if len(fit) <= places:
        return list(fit)
    last = fit[places - 1].rank or 0 if places else 0
    split = fit[places].rank == last and places > 0
    keep = (lambda r: r <= last) if not split or ties == "take" else (lambda r: r < last)
    chosen = [row for row in fit if keep(row.rank or 0)] if places else []
    kept = {row.code for row in chosen}
    for row in fit:
        if row.code not in kept:
            reasons[row.code] = "tied_out" if split and row.rank == last else "beyond_places"
    return chosen
