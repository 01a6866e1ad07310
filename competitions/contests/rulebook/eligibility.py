"""Who may take part, as typed rules with their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# Kind of a rule: what its params are (name: type) and which of them it needs. Days are written like 2026-05-01.
PARAMS: dict[str, tuple[dict[str, str], set[str]]] = {
    "AGE_MAX": ({"max": "number", "on": "day"}, {"max", "on"}),
    "AGE_MIN": ({"min": "number", "on": "day"}, {"min", "on"}),
    "ENROLLED": ({"as": "words"}, set()),
    "STUDY_YEAR_RANGE": ({"min": "number", "max": "number"}, {"min", "max"}),
    "TEACHING_YEARS_MIN": ({"min": "number"}, {"min"}),
    "EMPLOYED_MONTHS_MIN": ({"min": "number"}, {"min"}),
    "NOT_PRIOR_AWARD": ({"levels": "words", "tiers": "words"}, set()),
    "NOT_PRIOR_ENTRY": ({"levels": "words", "years": "number"}, {"years"}),
    "NOT_HONOUR": ({"honours": "words"}, {"honours"}),
    "NOT_STUDENT": ({}, set()),
    "SAME_SCHOOL": ({}, set()),
    "EVENTS_MAX": ({"max": "number"}, {"max"}),
    "TEAMS_MAX": ({"max": "number"}, {"max"}),
    "SEX": ({"sex": "sex"}, {"sex"}),
}


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """One condition on a person of a team.

    code: as docs/regulations.md lists it; of: the roles it holds for; params: typed, see PARAMS; refusal: what is said
    when it is broken, with places such as {max}; evidence: what proves the fact; when_unknown: `state` (the school has
    to state the fact before it submits) or `review` (whoever reviews the entry decides).
    """

    code: str
    kind: str
    of: tuple[str, ...]
    params: Mapping[str, Any]
    source: str
    refusal: str = ""
    evidence: str = ""
    when_unknown: str = "state"


def read_eligibility(rules: Sequence[Mapping[str, Any]]) -> tuple[EligibilityRule, ...]:
    """Rules that `misfits` found good, as values."""
    return tuple(
        EligibilityRule(
            code=rule["code"],
            kind=rule["kind"],
            of=tuple(rule.get("of", ["contestant"])),
            params={key: _read(rule["kind"], key, value) for key, value in rule.get("params", {}).items()},
            source=rule["source"],
            refusal=rule.get("refusal", ""),
            evidence=rule.get("evidence", ""),
            when_unknown=rule.get("when_unknown", "state"),
        )
        for rule in rules
    )


def _read(kind: str, key: str, value: Any) -> Any:
    wanted = PARAMS[kind][0][key]
    return date.fromisoformat(value) if wanted == "day" else tuple(value) if wanted == "words" else value


def judgeable(rule: Any) -> bool:
    """Whether the params of a rule can be judged, whatever else may be missing."""
    if not isinstance(rule, Mapping) or not isinstance(rule.get("params", {}), Mapping):
        return False
    return rule.get("kind") in tuple(PARAMS) and all(isinstance(rule.get(key, ""), str) for key in ("code", "refusal"))


def misfits(rules: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Params that do not fit their kind, and codes given twice: (path, code of the problem, limit); empty ones pass."""
    seen: set[str] = set()
    for place, rule in ((place, rule) for place, rule in enumerate(rules) if rule):
        path = f"$.eligibility[{place}]"
        if rule.get("code") in seen:
            yield f"{path}.code", "twice", rule["code"]
        seen.add(rule.get("code", path))
        known, needed = PARAMS[rule["kind"]]
        params = rule.get("params", {})
        missing = sorted(needed - set(params))
        if missing:
            yield f"{path}.params", "required", "、".join(missing)
        for key, value in sorted(params.items()):
            if key not in known:
                yield f"{path}.params", "additionalProperties", key
            elif not _fits(known[key], value):
                yield f"{path}.params.{key}", "date" if known[key] == "day" else "type", known[key]
        if {"min", "max"} <= set(params) and rule["kind"] == "STUDY_YEAR_RANGE" and _turned(params):
            yield f"{path}.params.min", "maximum", str(params["max"])
        yield from _places(path, rule)


def _fits(wanted: str, value: Any) -> bool:
    if wanted == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1000
    if wanted == "words":
        return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v for v in value)
    if wanted == "sex":
        return value in ("F", "M")
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _turned(params: Mapping[str, Any]) -> bool:
    return _fits("number", params["min"]) and _fits("number", params["max"]) and params["min"] > params["max"]


def _places(path: str, rule: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A refusal may only name params of its own rule, else nobody could ever read it."""
    try:
        rule.get("refusal", "").format_map({key: "" for key in PARAMS[rule["kind"]][0]})
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        yield f"{path}.refusal", "places", "、".join(f"{{{key}}}" for key in PARAMS[rule["kind"]][0])
