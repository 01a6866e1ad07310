"""From experts' points to an order: by the exact engine, ties by the group's own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backend.tabulation import tabulate


@dataclass(frozen=True)
class Ranked:
    """total: exact, as text; rank: from 1, shared by equal totals; place: without ties."""

    code: str
    total: str
    rank: int
    place: int


def tabulation_of(
    offer: str,
    criteria: Sequence[tuple[str, Decimal, Decimal]],
    points: Mapping[str, Mapping[str, Mapping[str, Decimal]]],
) -> dict[str, Any]:
    """A tabulation/1 of one offer. criteria: (name, points at most, weight); points: application, expert, criterion.

    A criterion counts as the mean of the experts' points times its weight, nothing rounded.
    """
    codes = [f"C{n}" for n in range(1, len(criteria) + 1)]
    nodes: list[dict[str, Any]] = [
        {"code": code, "name": name, "kind": "panel", "min": "0", "max": _plain(most), "combine": "mean"}
        for code, (name, most, _weight) in zip(codes, criteria, strict=True)
    ]
    weights = [[code, _plain(weight)] for code, (_n, _m, weight) in zip(codes, criteria, strict=True)]
    nodes.append({"code": "T", "kind": "weighted", "of": weights})
    marks = [
        {"entry": entry, "node": code, "judge": expert, "value": _plain(given[name])}
        for entry, experts in points.items()
        for expert, given in experts.items()
        for code, (name, _m, _w) in zip(codes, criteria, strict=True)
    ]
    return {
        "format": "tabulation/1",
        "event": {"code": offer},
        "scheme": {"total": "T", "nodes": nodes},
        "entries": [{"code": entry, "status": "competed"} for entry in points],
        "marks": marks,
        "ranking": {"by": [["T", "desc"]], "style": "competition"},
    }


def rank_offer(document: Mapping[str, Any], ahead: Mapping[str, int]) -> list[Ranked]:
    """The applications of an offer in order. ahead: what decides between equal totals, the smaller first."""
    rows = [row for row in tabulate(document)["results"] if row["rank"] is not None]
    ordered = sorted(rows, key=lambda row: (row["rank"], ahead.get(row["entry"], 10**6), row["entry"]))
    return [Ranked(row["entry"], str(row["total"]), row["rank"], n) for n, row in enumerate(ordered, 1)]


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
