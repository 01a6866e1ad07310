"""What keeps a document from being the rules of an event or of an edition."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from competitions.contests.rulebook import awards, eligibility, quota

SCHEMA = Path(__file__).parents[1] / "schema" / "rules-1.json"
OVER_ALL = ("eligibility", "quota")  # what an edition may rule over all of its events


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One place of a rules document that cannot be taken: its JSON path, and a code with the schema's own limit."""

    path: str
    code: str
    limit: str = ""


@cache
def _validator(of_edition: bool) -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    if of_edition:
        schema["properties"] = {part: schema["properties"][part] for part in OVER_ALL}
        del schema["required"]
    return jsonschema.Draft202012Validator(schema)


def problems_of(rules: Any, *, of_edition: bool = False, gives_awards: bool = True) -> list[RuleProblem]:
    """Everything that keeps a document from being rules/1, in the order of its paths; [] when it is good.

    of_edition: rules over all events of an edition, which hold only the parts of OVER_ALL. gives_awards: False for a
    contest that only ranks.
    """
    errors = list(_validator(of_edition).iter_errors(rules))
    found = [
        RuleProblem(error.json_path, str(error.validator), json.dumps(error.validator_value, ensure_ascii=False)[:80])
        for error in errors
    ]
    if isinstance(rules, Mapping):
        found += _contradictions(_sound(rules, [list(error.absolute_path) for error in errors]))
        if not gives_awards and isinstance(rules.get("result"), Mapping) and rules["result"].get("awards"):
            found.append(RuleProblem("$.result.awards", "no_awards"))
    return sorted(found, key=lambda p: (p.path, p.code))


def _sound(rules: Mapping[str, Any], broken: list[list[str | int]]) -> dict[str, Any]:
    """The parts that fit the schema; of the conditions those that can be judged, the others empty: places stay."""
    parts = {path[0] for path in broken if path and not (path[0] == "eligibility" and len(path) > 1)}
    sound = {part: value for part, value in rules.items() if part not in parts}
    if "eligibility" in sound:
        sound["eligibility"] = [rule if eligibility.judgeable(rule) else {} for rule in sound["eligibility"]]
    return sound


def _contradictions(rules: Mapping[str, Any]) -> Iterator[RuleProblem]:
    team = rules.get("team", {"contestants": 1})
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
    found = (*eligibility.misfits(rules.get("eligibility", [])), *quota.misfits(rules), *awards.misfits(rules))
    for path, code, limit in found:
        yield RuleProblem(path, code, limit)
