"""Two desks at the doors of an event whose teams have their cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.registration.models import EntryCard
from competitions.venues import services
from tests.registration.world import RULES
from tests.venues.world import desk, expected


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def cards(organiser: Actor, event: Event) -> list[EntryCard]:
    return expected(organiser, event)


@pytest.fixture
def north(organiser: Actor, event: Event) -> Actor:
    return desk(organiser, event, "北门")


@pytest.fixture
def south(organiser: Actor, event: Event) -> Actor:
    return desk(organiser, event, "南门")


def said(actor: Actor, event: Event, *scans: Any, **fields: Any) -> list[tuple[str, str]]:
    found = services.record_scans(actor=actor, event=event, scans=scans, **fields)
    return [(one.verdict, one.code) for one in found]
