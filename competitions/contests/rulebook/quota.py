"""How many may enter (base, adjustments, minimum) and who goes on to the next stage, as typed rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Base:
    """A quota for holders of one class, such as 双高校."""

    code: str
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What adds to or takes from a quota, once somebody has shown the evidence. bound: only within one event."""

    code: str
    name: str
    delta: int
    evidence: str
    bound: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """Used less than `below` of the quota in each of the last `years` editions: delta; below 0: nothing used at all."""

    years: int
    below: Decimal
    delta: int


@dataclass(frozen=True, slots=True)
class Distinct:
    """A holder names each value of a field once; events whose rules share `together` are looked at as one."""

    field: str
    together: str = ""


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """scope: whose quota it is (school, city, group, province); unit: teams or persons (contestants)."""

    scope: str
    unit: str
    base: int
    bases: tuple[Base, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    history: tuple[HistoryStep, ...] = ()
    distinct: tuple[Distinct, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class MinimumRule:
    """Fewer entries than this at the deadline: the event is flagged. unit: teams or schools."""

    entries: int
    unit: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """Who goes on to the next stage. ties: whether those who tie with the last place go too."""

    take: str  # top | ratio | all
    n: int
    ratio: Decimal
    rounding: str
    least: int
    per_school_max: int | None
    total_min: Decimal | None
    ties: str
    source: str


def read_quota(quota: Mapping[str, Any] | None) -> QuotaRule | None:
    if quota is None:
        return None
    return QuotaRule(
        scope=quota.get("scope", "school"),
        unit=quota.get("unit", "teams"),
        base=quota["base"],
        bases=tuple(Base(b["code"], b["name"], b["n"]) for b in quota.get("bases", [])),
        adjustments=tuple(
            Adjustment(a["code"], a["name"], a["delta"], a["evidence"], a.get("bound", False), a.get("source", ""))
            for a in quota.get("adjustments", [])
        ),
        history=tuple(HistoryStep(s["years"], Decimal(s["below"]), s["delta"]) for s in quota.get("history", [])),
        distinct=tuple(Distinct(d["field"], d.get("together", "")) for d in quota.get("distinct", [])),
        source=quota.get("source", ""),
    )


def read_minimum(minimum: Mapping[str, Any] | None) -> MinimumRule | None:
    if minimum is None:
        return None
    return MinimumRule(minimum["entries"], minimum.get("unit", "teams"), minimum.get("source", ""))


def read_promotion(promotion: Mapping[str, Any] | None) -> PromotionRule | None:
    if promotion is None:
        return None
    total_min = promotion.get("total_min")
    return PromotionRule(
        take=promotion["take"],
        n=promotion.get("n", 0),
        ratio=Decimal(promotion.get("ratio", "0")),
        rounding=promotion.get("rounding", "down"),
        least=promotion.get("min", 0),
        per_school_max=promotion.get("per_school_max"),
        total_min=None if total_min is None else Decimal(total_min),
        ties=promotion.get("ties", "take"),
        source=promotion.get("source", ""),
    )


def misfits(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What contradicts itself in quota and promotion: (path, code of the problem, limit)."""
    promotion = rules.get("promotion")
    if promotion is not None:
        wanted = {"top": "n", "ratio": "ratio"}.get(promotion["take"])
        if wanted and wanted not in promotion:
            yield "$.promotion", "required", wanted
    quota = rules.get("quota", {})
    for part in ("bases", "adjustments"):
        yield from _twice(quota.get(part, []), f"$.quota.{part}")
    if quota.get("unit") == "persons" and rules.get("team", {}).get("teams_per_school_max"):
        yield "$.team.teams_per_school_max", "beside_quota", ""


def _twice(parts: Sequence[Mapping[str, Any]], path: str) -> Iterator[tuple[str, str, str]]:
    codes = [part["code"] for part in parts]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield f"{path}[{place}].code", "twice", code
