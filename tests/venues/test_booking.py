"""Places of teams: equipment is never counted on twice, spares are kept, schools book for themselves only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people.models import Organisation
from competitions.contests.models import Event, Round
from competitions.registration import services as registration
from competitions.registration.models import Entry
from competitions.venues import services
from competitions.venues.errors import NoPlaceLeft, ScheduleSettled, StationHeld
from competitions.venues.models import Booking, Session, Venue
from competitions.venues.selectors.bookings import doubly_booked, fillings
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, team

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 10, 1, tzinfo=UTC)


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def round(event: Event) -> Round:
    return event.rounds.get()


def hall(organiser: Actor, event: Event, stations: str, name: str = "一号厅") -> Venue:
    services.add_stations(actor=organiser, event=event, venue_name=name, stations=stations)
    return Venue.objects.get(event=event, name=name)


def session(organiser: Actor, event: Event, venue: Venue, begins: int = 0, name: str = "上午场") -> Session:
    starts = DAY + timedelta(hours=begins)
    return services.add_session(
        actor=organiser,
        round=event.rounds.get(),
        venue=venue,
        name=name,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
    )


def entries(organiser: Actor, event: Event, count: int, platform: str = "平台甲", first: int = 100) -> list[Entry]:
    schools = [organisation(f"学校{first + n}") for n in range(count)]
    drafts = [team(s, serial=first + 3 * n, platform=platform) for n, s in enumerate(schools)]
    made = registration.enter_many(actor=organiser, event=event, drafts=drafts)
    Entry.objects.filter(pk__in=[e.pk for e in made]).update(state="submitted")
    return made


def test_teams_fill_the_sessions_and_the_rest_is_told_by_platform(organiser: Actor, event: Event, round: Round) -> None:
    """Two stations for one platform, one for the other, in two sessions after each other."""
    venue = hall(organiser, event, "A01-A03")
    services.equip_stations(
        actor=organiser, event=event, venue=venue, stations="A01-A02", platform="平台甲", spare=False
    )
    services.equip_stations(actor=organiser, event=event, venue=venue, stations="A03", platform="平台乙", spare=False)
    session(organiser, event, venue)
    session(organiser, event, venue, 3, "下午场")
    entries(organiser, event, 5)
    entries(organiser, event, 1, "平台乙", first=300)

    found = services.place_teams(actor=organiser, round=round)

    assert (found.placed, dict(found.missing)) == (5, {"平台甲": 1})
    assert [(f.platform, f.all, f.taken) for f in fillings(round)] == [
        ("平台乙", 1, 1),
        ("平台甲", 2, 2),
        ("平台乙", 1, 0),
        ("平台甲", 2, 2),
    ]


def test_a_spare_station_is_not_given_away(organiser: Actor, event: Event, round: Round) -> None:
    venue = hall(organiser, event, "A01-A02")
    services.equip_stations(actor=organiser, event=event, venue=venue, stations="A02", platform="", spare=True)
    session(organiser, event, venue)
    first, second = entries(organiser, event, 2)
    services.book(actor=organiser, round=round, entry=first)

    with pytest.raises(NoPlaceLeft):
        services.book(actor=organiser, round=round, entry=second)


def test_two_sessions_at_once_in_one_venue_share_its_stations(organiser: Actor, event: Event, round: Round) -> None:
    venue = hall(organiser, event, "A01")
    one, other = session(organiser, event, venue), session(organiser, event, venue, 1, "并行场")
    first, second = entries(organiser, event, 2)
    services.book(actor=organiser, round=round, entry=first, session=one)

    with pytest.raises(NoPlaceLeft):
        services.book(actor=organiser, round=round, entry=second, session=other)


def test_a_team_that_cannot_move_keeps_its_place(organiser: Actor, event: Event, round: Round) -> None:
    small, big = hall(organiser, event, "B01", "二号厅"), hall(organiser, event, "A01-A02")
    full, wide = session(organiser, event, small), session(organiser, event, big, name="大厅场")
    first, second = entries(organiser, event, 2)
    services.book(actor=organiser, round=round, entry=first, session=full)
    services.book(actor=organiser, round=round, entry=second, session=wide)

    with pytest.raises(NoPlaceLeft):
        services.book(actor=organiser, round=round, entry=second, session=full)
    again = services.book(actor=organiser, round=round, entry=second)

    assert (again.session, Booking.objects.count()) == (wide, 2)


def test_a_school_books_its_own_team_until_the_draw(organiser: Actor, event: Event, round: Round) -> None:
    session(organiser, event, hall(organiser, event, "A01-A02"))
    own, other = entries(organiser, event, 2)
    coordinator = signed_in("c", "school_coordinator", "organisation", str(own.school.uid))

    services.book(actor=coordinator, round=round, entry=own)
    with pytest.raises(NotAllowed):
        services.book(actor=coordinator, round=round, entry=other)
    Event.objects.update(state="drawn")
    with pytest.raises(NotAllowed):
        services.give_back(actor=coordinator, booking=Booking.objects.get())

    assert Booking.objects.get().entry == own


def test_strangers_arrange_nothing(organiser: Actor, other_organiser: Actor, event: Event, round: Round) -> None:
    venue = hall(organiser, event, "A01")
    session(organiser, event, venue)
    (entry,) = entries(organiser, event, 1)

    for act in (
        lambda: services.place_teams(actor=other_organiser, round=round),
        lambda: services.book(actor=other_organiser, round=round, entry=entry),
        lambda: services.equip_stations(
            actor=other_organiser, event=event, venue=venue, stations="A01", platform="", spare=True
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_withdrawn_team_gives_its_place_to_the_next(organiser: Actor, event: Event, round: Round) -> None:
    session(organiser, event, hall(organiser, event, "A01"))
    gone, waiting = entries(organiser, event, 2)
    services.book(actor=organiser, round=round, entry=gone)
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn")

    services.place_teams(actor=organiser, round=round)

    assert Booking.objects.get().entry == waiting


def test_a_team_that_withdraws_frees_its_station_at_once(organiser: Actor, event: Event, round: Round) -> None:
    session(organiser, event, hall(organiser, event, "A01"))
    gone, waiting = entries(organiser, event, 2)
    services.book(actor=organiser, round=round, entry=gone)

    registration.withdraw_entry(actor=organiser, entry=gone, reason="生病")

    assert Booking.objects.count() == 0
    assert services.book(actor=organiser, round=round, entry=waiting).held is not None


def test_places_of_a_team_that_stays_are_not_freed(organiser: Actor, event: Event, round: Round) -> None:
    session(organiser, event, hall(organiser, event, "A01"))
    (entry,) = entries(organiser, event, 1)
    services.book(actor=organiser, round=round, entry=entry)

    assert services.free_places(actor=organiser, entry=entry) == 0
    assert Booking.objects.count() == 1


def test_equipment_that_a_team_counts_on_stays(organiser: Actor, event: Event, round: Round) -> None:
    venue = hall(organiser, event, "A01")
    session(organiser, event, venue)
    (entry,) = entries(organiser, event, 1)
    services.book(actor=organiser, round=round, entry=entry)

    with pytest.raises(StationHeld):
        services.equip_stations(
            actor=organiser, event=event, venue=venue, stations="A01", platform="平台乙", spare=False
        )
    with pytest.raises(Invalid):
        services.equip_stations(actor=organiser, event=event, venue=venue, stations="Z01", platform="", spare=False)
    services.equip_stations(actor=organiser, event=event, venue=venue, stations="A01", platform="平台甲", spare=False)


def test_after_scoring_places_stay(organiser: Actor, event: Event, round: Round) -> None:
    session(organiser, event, hall(organiser, event, "A01"))
    (entry,) = entries(organiser, event, 1)
    Event.objects.update(state="tallied")

    with pytest.raises(ScheduleSettled):
        services.book(actor=organiser, round=round, entry=entry)


def test_the_database_holds_no_station_twice(organiser: Actor, event: Event, round: Round) -> None:
    venue = hall(organiser, event, "A01")
    at = session(organiser, event, venue)
    first, second = entries(organiser, event, 2)
    station = venue.stations.get()
    Booking.objects.create(round=round, session=at, entry=first, held=station)

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(round=round, session=at, entry=second, held=station)


def test_a_person_in_two_sessions_at_once_is_found_over_events(
    organiser: Actor, event: Event, make_event: Callable[..., Event], round: Round
) -> None:
    other = make_event("GZ-2026-050", rules=RULES)
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    for each in (event, other):
        entry = registration.enter_many(actor=organiser, event=each, drafts=[team(school)])[0]
        session(organiser, each, hall(organiser, each, "A01"))
        services.book(actor=organiser, round=each.rounds.get(), entry=entry)

    found = doubly_booked(event)

    assert [(a.round.event, b.round.event) for a, b in found] == [(event, other)]
