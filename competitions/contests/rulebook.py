"""The rules of an event as typed values: every number comes from the event's rule set, what it leaves open is stated
here once as a default.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = Path(__file__).parent / "schema" / "rules-1.json"


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


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One place of a rules document that cannot be taken: its JSON path, and a code with the schema's own limit."""

    path: str
    code: str
    limit: str = ""


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def problems_of(rules: Any) -> list[RuleProblem]:
    """Everything that keeps a document from being rules/1, in the order of its paths; [] when it is good."""
    found = [
        RuleProblem(error.json_path, str(error.validator), json.dumps(error.validator_value, ensure_ascii=False)[:80])
        for error in _validator().iter_errors(rules)
    ]
    found = found or list(_contradictions(rules))
    return sorted(found, key=lambda p: (p.path, p.code))


def _contradictions(rules: Mapping[str, Any]) -> Iterator[RuleProblem]:
    team = rules["team"]
    if team.get("contestants_min", 1) > team["contestants"]:
        yield RuleProblem("$.team.contestants_min", "maximum", str(team["contestants"]))
    for kind in ("instructors", "leaders"):
        if team.get(f"{kind}_min", 0) > team.get(f"{kind}_max", 0):
            yield RuleProblem(f"$.team.{kind}_min", "maximum", str(team.get(f"{kind}_max", 0)))
    if "age" in rules:
        try:
            date.fromisoformat(rules["age"]["on"])
        except ValueError:
            yield RuleProblem("$.age.on", "date")


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
    )


def _age(age: Mapping[str, Any] | None) -> AgeRules | None:
    if age is None:
        return None
    return AgeRules(max=age["max"], min=age.get("min", 0), on=date.fromisoformat(age["on"]))
