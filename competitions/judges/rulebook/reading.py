"""What an event's rule set says about judges; what it leaves open is stated here once as a default.

Regulation: HN-JUDGE-3, EXPERT-2014, PANEL-DEFAULTS
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from competitions.judges.enums import Duty, Rule, Tie
from competitions.judges.rulebook.values import PanelRules

HARD = "hard"
DUTIES: Mapping[str, int] = {Duty.CHIEF: 1, Duty.ENCRYPT: 2, Duty.SUPERVISOR: 1}  # for the whole round
WEIGHTS: Mapping[str, int | None] = {
    Rule.UNAVAILABLE: None,
    Rule.VACANT: None,
    Rule.OVERLAP: None,
    Rule.BUSY: None,
    Rule.DUTY: None,
    Rule.SKILL: None,
    Rule.AGE: None,
    Rule.SHARE: None,
    Rule.FIRM: None,
    Rule.LOAD: None,
    Rule.HOME: 3,
    Rule.NOVICE: 2,
    Tie.TAKES_PART: None,
    Tie.SAME_SCHOOL: None,
    Tie.SAME_FIRM: None,
    Tie.COACHED: None,
    Tie.DECLARED: None,
    Tie.FORMER_STUDENT: 40,
    Tie.WAS_STUDENT: 40,
    Tie.AWARDED_TOGETHER: 30,
    Tie.FORMER_SCHOOL: 15,
}
# What cannot be weighed against anything: nobody is in two places, a judge never scores the own team.
FIXED = frozenset({Rule.UNAVAILABLE, Rule.VACANT, Rule.OVERLAP, Tie.TAKES_PART})


@dataclass(frozen=True, slots=True)
class JudgingRules:
    """nominations_max: per school and event, None: any number; own_staff: whether a school may name its own people;
    judges: in each session; duties: who serves the whole round.
    """

    nominations_max: int | None
    own_staff: bool
    judges: int
    duties: Mapping[str, int]
    skills: frozenset[str]
    panel: PanelRules


def read_judging(rules: Mapping[str, Any]) -> JudgingRules:
    """The part of a rules document that is about judges."""
    panel: Mapping[str, Any] = rules.get("panel", {})
    share = panel.get("enterprise_share")
    weights = {**WEIGHTS, **{k: _weight(v) for k, v in panel.get("weights", {}).items() if k not in FIXED}}
    return JudgingRules(
        nominations_max=panel.get("nominations_max"),
        own_staff=panel.get("own_staff", False),
        judges=rules.get("judging", {}).get("judges_per_panel", 3),
        duties={**DUTIES, **panel.get("duties", {})},
        skills=frozenset(panel.get("skills", ())),
        panel=PanelRules(
            weights=weights,
            share=Fraction(share) if share else None,
            firm_max=panel.get("firm_max"),
            age_max=panel.get("age_max"),
            load_max=panel.get("load_max"),
        ),
    )


def _weight(value: Any) -> int | None:
    return None if value == HARD else int(value)
