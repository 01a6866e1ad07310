"""What most tests of this room begin with; a module with another event or school says so itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, team


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def school(event: Event) -> Organisation:
    return organisation("河南测试职业学院")


@pytest.fixture
def coordinator(school: Organisation) -> Actor:
    return signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))


@pytest.fixture
def stranger(event: Event) -> Actor:
    return signed_in("stranger", "school_coordinator", "organisation", str(organisation("别的学院").uid))


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor) -> Entry:
    return services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]
