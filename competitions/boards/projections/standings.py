"""Who leads so far: stored totals through the engine's own ranking, incomplete sums marked as such."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

from backend.tabulation import Ranking, RoundingMode, Standing, Status, rank, rounded
from backend.tabulation.enums import Order, Style
from backend.tabulation.exact import fixed
from competitions.boards.selectors import Line, lines_of
from competitions.contests.models import Event, Round
from competitions.scoring.models import Scheme

BUDGET = 14 * 1024  # bytes of rows; a state stays under 16 KiB
Number = type[Decimal] | type[Fraction]


@dataclass(frozen=True, slots=True)
class Place:
    """A work's place so far. rank: None when nothing is scored yet, or when it does not compete."""

    line: Line
    rank: int | None
    so_far: Decimal | Fraction


def placed(event: Event, shown: Round) -> list[Place]:
    """Best first, then what is not begun, then what does not compete; equal ones by code."""
    ranking = ranking_of(event)
    keys = [code for code, _order in ranking.by if code != "total"]
    lines = lines_of(shown, keys)
    try:
        standings = [_standing(line, keys, Decimal) for line in lines]
    except InvalidOperation:  # a total that no decimal can write, such as 200/3
        standings = [_standing(line, keys, Fraction) for line in lines]
    by_code = {line.code: line for line in lines}
    sums: dict[str, Any] = {s.code: s.values["total"] for s in standings}
    ranks = rank(ranking, standings)
    order = [code for place in ranks.places for code in place.entries]
    rest = sorted(ranks.unranked, key=lambda code: (by_code[code].status != Status.COMPETED, code))
    rank_of = ranks.rank_of
    return [Place(by_code[code], rank_of.get(code), sums[code]) for code in (*order, *rest)]


def _standing(line: Line, keys: Sequence[str], number: Number) -> Standing:
    so_far = number(line.total if line.total is not None else line.partial)
    begun = line.total is not None or so_far > 0 or line.done > 0
    values: dict[str, Any] = {key: number(text) for key, text in zip(keys, line.keys, strict=True) if text}
    values["total"] = so_far
    return Standing(line.code, line.status, so_far if begun else None, values)


def ranking_of(event: Event) -> Ranking:
    """The rule set's ranking; by total where it says nothing."""
    written: Mapping[str, Any] = event.rule_set.rules.get("result", {}).get("ranking") or {}
    by = written.get("by") or [["total", "desc"]]
    keys = tuple((str(code), Order(order)) for code, order in by)
    return Ranking(by=keys, style=Style(written.get("style", Style.COMPETITION)))


def points(event: Event, place: Place) -> str:
    """The total as results write it; a sum so far with the digits that results have."""
    if place.line.total is not None:
        return place.line.total
    written = event.rule_set.rules.get("result", {}).get("round") or {}
    digits = int(written.get("digits", 2))
    mode = RoundingMode(written.get("mode", RoundingMode.HALF_UP))
    return _written(place.so_far, digits, mode)


@lru_cache(maxsize=65536)
def _written(so_far: Decimal | Fraction, digits: int, mode: RoundingMode) -> str:
    return fixed(rounded(Fraction(so_far), digits, mode), digits)


def criteria_of(scheme: Scheme | None) -> list[dict[str, str]]:
    """The scheme's criteria that carry marks."""
    listed = scheme.criteria if scheme else []
    return [{"code": c["id"], "name": c["name"], "max": c["mark"]} for c in listed if c.get("mark")]


def shares(by_criterion: Mapping[str, str], criteria: list[dict[str, str]]) -> list[int]:
    """How much of each criterion's marks a work has so far, in thousandths."""
    return [_share(by_criterion.get(c["code"]), c["max"]) for c in criteria]


@lru_cache(maxsize=65536)
def _share(value: str | None, most: str) -> int:
    return max(0, min(1000, int(Fraction(value or 0) * 1000 / Fraction(most))))


def fitting(rows: Iterable[dict[str, Any]], budget: int = BUDGET) -> list[dict[str, Any]]:
    """The first rows that fit into a state."""
    taken, size = [], 0
    for row in rows:
        size += len(json.dumps(row, ensure_ascii=False).encode()) + 2
        if size > budget:
            break
        taken.append(row)
    return taken
