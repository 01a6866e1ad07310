"""An edition, and what makes events of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from backend.core.actor import Actor
from backend.people.models import Group
from competitions.contests import services
from competitions.contests.models import Edition, Event
from tests.registration.world import RULES

DAY = date(2027, 5, 20)


@pytest.fixture
def edition(group: Group, organiser: Actor) -> Edition:
    return services.create_edition(
        actor=organiser,
        group=group,
        contest_code="HN",
        contest_name="河南省技能大赛",
        year=2026,
        name="2026年河南省技能大赛",
        starts_on=date(2026, 5, 10),
        ends_on=date(2026, 5, 12),
    )


@pytest.fixture
def make(organiser: Actor, edition: Edition, group: Group) -> Callable[..., Event]:
    def made(code: str, **fields: Any) -> Event:
        return services.create_event(
            actor=organiser, edition=edition, group=group, code=code, **{"name": "测试", "rules": RULES, **fields}
        )

    return made
