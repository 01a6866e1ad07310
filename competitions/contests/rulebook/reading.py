"""The rules of an event as typed values: every number comes from the event's rule set, what it leaves open is stated
here once as a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from competitions.contests.rulebook.eligibility import EligibilityRule, read_eligibility
from competitions.contests.rulebook.quota import (
    MinimumRule,
    PromotionRule,
    QuotaRule,
    read_minimum,
    read_promotion,
    read_quota,
)


@dataclass(frozen=True, slots=True)
class TeamRules:
    """Who makes a team; `teams_per_school_max` None: as many as a school likes."""

    contestants: int
    contestants_min: int
    instructors_max: int
    instructors_min: int
    leaders_max: int
    leaders_min: int
    teams_per_school_max: int | None


@dataclass(frozen=True, slots=True)
class AgeRules:
    """Completed years of a contestant on the reference date, both ends inclusive."""

    max: int
    min: int
    on: date


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules of an event say. Roundings are `{"digits", "mode"}` of a tabulation, None: exact."""

    team: TeamRules
    age: AgeRules | None
    layers: int
    judges_per_panel: int
    max_spread: int
    judgement_round: Mapping[str, Any] | None
    scheme_total: Decimal
    result_round: Mapping[str, Any] | None
    ranking: Mapping[str, Any]
    awards: Any
    certificate_title: str
    eligibility: tuple[EligibilityRule, ...]
    quota: QuotaRule | None
    minimum: MinimumRule | None
    promotion: PromotionRule | None


def read_rules(rules: Mapping[str, Any]) -> Rules:
    """A document that `problems_of` found good, as values; an empty one gives the defaults of a single contestant."""
    team, judging, result = rules.get("team", {}), rules.get("judging", {}), rules.get("result", {})
    contestants = team.get("contestants", 1)
    return Rules(
        team=TeamRules(
            contestants=contestants,
            contestants_min=team.get("contestants_min", contestants),
            instructors_max=team.get("instructors_max", 0),
            instructors_min=team.get("instructors_min", 0),
            leaders_max=team.get("leaders_max", 0),
            leaders_min=team.get("leaders_min", 0),
            teams_per_school_max=team.get("teams_per_school_max"),
        ),
        age=_age(rules.get("age")),
        layers=rules.get("anonymisation", {}).get("layers", 2),
        judges_per_panel=judging.get("judges_per_panel", 3),
        max_spread=judging.get("max_spread", 1),
        judgement_round=judging.get("round"),
        scheme_total=Decimal(rules.get("scheme", {}).get("total", "100")),
        result_round=result.get("round"),
        ranking=result.get("ranking", {}),
        awards=result.get("awards", {}),
        certificate_title=rules.get("certificate", {}).get("title", "获奖证书"),
        eligibility=read_eligibility(rules.get("eligibility", [])),
        quota=read_quota(rules.get("quota")),
        minimum=read_minimum(rules.get("minimum")),
        promotion=read_promotion(rules.get("promotion")),
    )


def _age(age: Mapping[str, Any] | None) -> AgeRules | None:
    if age is None:
        return None
    return AgeRules(max=age["max"], min=age.get("min", 0), on=date.fromisoformat(age["on"]))
