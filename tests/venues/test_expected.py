"""Who is expected at a session: the teams that have their place in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core import clock
from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.registration.models import Entry, EntryCard
from competitions.venues import services
from competitions.venues.models import Session
from competitions.venues.selectors import arrivals_of, doors_list
from tests.registration.world import RULES
from tests.venues.world import expected, scan, session_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def cards(organiser: Actor, event: Event) -> list[EntryCard]:
    return expected(organiser, event, schools=3)


@pytest.fixture
def morning(organiser: Actor, event: Event, cards: list[EntryCard]) -> Session:
    return session_at(organiser, event, clock.now() + timedelta(hours=1))


@pytest.fixture
def afternoon(organiser: Actor, morning: Session) -> Session:
    starts = morning.ends_at + timedelta(hours=1)
    return services.add_session(
        actor=organiser,
        round=morning.round,
        venue=morning.venue,
        name="下午场",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
    )


def placed(organiser: Actor, card: EntryCard, session: Session) -> Entry:
    entry = card.member.entry
    services.book(actor=organiser, round=session.round, entry=entry, session=session)
    return entry


def teams(event: Event, session: Session | None) -> list[str]:
    return sorted({arrival.member.entry.school.name for arrival in arrivals_of(event, session)})


def test_a_team_is_expected_where_its_place_is(
    organiser: Actor, event: Event, cards: list[EntryCard], morning: Session, afternoon: Session
) -> None:
    placed(organiser, cards[0], morning)
    placed(organiser, cards[3], afternoon)

    assert teams(event, morning) == ["第0职业学院", "第2职业学院"]
    assert teams(event, afternoon) == ["第1职业学院", "第2职业学院"]
    assert teams(event, None) == ["第0职业学院", "第1职业学院", "第2职业学院"]


def test_who_was_let_in_elsewhere_is_shown_where_that_was(
    organiser: Actor, event: Event, cards: list[EntryCard], morning: Session, afternoon: Session
) -> None:
    placed(organiser, cards[0], afternoon)

    services.record_scans(actor=organiser, event=event, scans=[scan(cards[0].member, session=morning.uid)])

    found = {a.member.pk: a.state for a in arrivals_of(event, morning)}
    assert len(found) == 7
    assert found[cards[0].member_id] == "admitted"


def test_a_desk_finds_everybody_and_knows_the_place(
    organiser: Actor, event: Event, cards: list[EntryCard], morning: Session, afternoon: Session
) -> None:
    placed(organiser, cards[0], afternoon)

    listed = doors_list(event, morning)

    places = {person["uid"]: person["places"] for person in listed["people"]}
    assert len(places) == 9
    assert places[cards[0].member.uid] == [afternoon.uid]
    assert places[cards[3].member.uid] == []
    assert {one["round"] for one in listed["sessions"]} == {morning.round.uid}


def test_places_cost_one_query_however_many(
    organiser: Actor, event: Event, cards: list[EntryCard], morning: Session
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            doors_list(event, morning)
            arrivals_of(event, morning)
        return len(seen)

    placed(organiser, cards[0], morning)
    queries()  # what is read once per event
    one = queries()
    for card in cards[3::3]:
        placed(organiser, card, morning)

    assert queries() == one
