"""Whether a person may take part: rules as data over plain facts; what is not known is asked for, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.people.rulebook import age_on
from competitions.contests.rulebook import EligibilityRule

MET, BROKEN, UNKNOWN = "met", "broken", "unknown"

# What a school states about a person, by kind of rule: a number of its own name, or yes or no under the rule's code.
NUMBERS = {
    "STUDY_YEAR_RANGE": "study_year",
    "TEACHING_YEARS_MIN": "teaching_years",
    "EMPLOYED_MONTHS_MIN": "employed_months",
}
YES_OR_NO = ("ENROLLED", "NOT_PRIOR_AWARD", "NOT_PRIOR_ENTRY", "NOT_HONOUR", "NOT_STUDENT", "SAME_SCHOOL")
KNOWN_HERE = {"AGE_MAX": "birth_date", "AGE_MIN": "birth_date", "SEX": "sex", "EVENTS_MAX": "events"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a rule stands for one person. outcome: met, broken, or unknown (then its evidence is asked for)."""

    rule: EligibilityRule
    outcome: str


def fact_of(rule: EligibilityRule) -> str:
    """The key of the fact that a rule looks at."""
    if rule.kind in YES_OR_NO:
        return f"{rule.kind.lower()}:{rule.code}"
    return NUMBERS.get(rule.kind) or KNOWN_HERE.get(rule.kind, "")


def asked_facts(rules: Iterable[EligibilityRule], role: str) -> dict[str, EligibilityRule]:
    """The facts that a school has to state about a person in that role, each with the first rule that asks."""
    asked: dict[str, EligibilityRule] = {}
    for rule in rules:
        if role in rule.of and (rule.kind in YES_OR_NO or rule.kind in NUMBERS):
            asked.setdefault(fact_of(rule), rule)
    return asked


def judge_person(rules: Iterable[EligibilityRule], role: str, facts: Mapping[str, Any]) -> list[Verdict]:
    """One verdict for each rule that holds for the role; TEAMS_MAX is judged over a whole list (`beyond`).

    facts: birth_date, sex (F or M), events (how many of the edition the person would be in), the stated numbers, and
    for each yes-or-no rule whether its wish is true. A fact that is missing or None is unknown.
    """
    return [
        Verdict(rule, _outcome(rule, facts.get(fact_of(rule))))
        for rule in rules
        if role in rule.of and rule.kind != "TEAMS_MAX"
    ]


def _outcome(rule: EligibilityRule, fact: Any) -> str:
    if fact is None or fact == "":
        return UNKNOWN
    return MET if TESTS.get(rule.kind, _stated)(rule.params, fact) else BROKEN


def _stated(params: Mapping[str, Any], fact: Any) -> bool:
    return fact is True


TESTS: dict[str, Callable[[Mapping[str, Any], Any], bool]] = {
    "AGE_MAX": lambda params, born: age_on(born, params["on"]) <= params["max"],
    "AGE_MIN": lambda params, born: age_on(born, params["on"]) >= params["min"],
    "STUDY_YEAR_RANGE": lambda params, year: params["min"] <= year <= params["max"],
    "TEACHING_YEARS_MIN": lambda params, years: years >= params["min"],
    "EMPLOYED_MONTHS_MIN": lambda params, months: months >= params["min"],
    "EVENTS_MAX": lambda params, events: events <= params["max"],
    "SEX": lambda params, sex: sex == params["sex"],
}


Place = tuple[str, str, Any]  # person, role, team


def beyond(places: Iterable[Place], standing: Iterable[Place], role: str, most: int) -> list[int]:
    """Which places put a person into one team too many in that role, standing ones counted first: their positions."""
    taken: dict[str, set[Any]] = {}
    for person, its_role, team in standing:
        if its_role == role and person:
            taken.setdefault(person, set()).add(team)
    found = []
    for position, (person, its_role, team) in enumerate(places):
        if its_role != role or not person:
            continue
        teams = taken.setdefault(person, set())
        if team not in teams and len(teams) >= most:
            found.append(position)
        teams.add(team)
    return found
