"""The sample's event and schools, and small drafts, for the tests of this room."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from backend.core import clock
from backend.core.actor import SYSTEM
from backend.people.models import Group
from backend.people.services import load_groups
from competitions.contests.models import Edition, Event, RuleSet
from competitions.registration.rulebook import EntryDraft, MemberDraft

SAMPLE = Path(__file__).parents[1] / "fixtures" / "entries.xlsx"
RULES: dict[str, Any] = {
    "team": {
        "contestants": 3,
        "contestants_min": 3,
        "instructors_max": 2,
        "leaders_max": 1,
        "teams_per_school_max": 2,
    },
    "age": {"max": 25, "on": "2026-05-01"},
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(serial: int, birth: str = "20050601") -> str:
    """A synthetic resident's number; even serials are women's."""
    stem = f"410102{birth}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(stem, _WEIGHTS, strict=True))
    return stem + "10X98765432"[total % 11]


def member(serial: int, role: str = "contestant", **fields: Any) -> MemberDraft:
    return MemberDraft(role=role, name=f"人{serial}", id_number=id_number(serial), **fields)


def team(school: Any, serial: int = 100, number: int = 1, size: int = 3, **fields: Any) -> EntryDraft:
    """A team of contestants with the serials from `serial` on."""
    people = tuple(member(serial + i) for i in range(size))
    return EntryDraft(str(school.uid), number, fields.pop("platform", "平台甲"), people, **fields)


def sample_schools() -> None:
    """The 20 groups' lead schools: all schools of the sample."""
    load_groups(actor=SYSTEM)


def registering(edition: Edition, group: Group, rule_set: RuleSet, code: str) -> Event:
    """An event that is open for one more day."""
    return Event.objects.create(
        edition=edition,
        code=code,
        name="赛项",
        leading_group=group,
        rule_set=rule_set,
        state="registering",
        registration_closes_at=clock.now() + timedelta(days=1),
    )


def fresh(event: Event) -> Event:
    return Event.objects.select_related("rule_set").get(pk=event.pk)
