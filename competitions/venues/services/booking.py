"""Places of teams in sessions: the equipment of a session is never counted on twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.core.refs import Ref
from competitions.contests.models import Event, Round
from competitions.registration.models import Entry
from competitions.venues.errors import NoPlaceLeft, ScheduleSettled, StationHeld
from competitions.venues.models import Booking, Session, Station, Venue
from competitions.venues.permissions import may_arrange, may_book
from competitions.venues.selectors.bookings import at_the_same_time, free_stations, sessions_of, teams_to_place
from competitions.venues.services.places import OVER, station_range

LEFT = ("withdrawn", "rejected")


@dataclass(slots=True)
class Placement:
    """What placing all teams came to. missing: how many teams found nothing, by platform."""

    placed: int = 0
    missing: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def equip_stations(*, actor: Actor, event: Event, venue: Venue, stations: str, platform: str, spare: bool) -> int:
    """Say for which platform a range of stations is equipped ("" = for any), or that they are spare.

    Returns how many. Raises StationHeld when a team counts on other equipment of one of them.
    """
    require(may_arrange(actor, event))
    if platform and platform not in event.tech_platforms:
        raise Invalid({"platform": _("The event has no such platform.")})
    rows = Station.objects.select_for_update(of=("self",)).filter(venue=venue, venue__event=event)
    chosen = list(rows.filter(code__in=station_range(stations)))
    if not chosen:
        raise Invalid({"stations": _("The venue has no station of these codes.")})
    held = Booking.objects.filter(held__in=chosen)
    if (held if spare else held.exclude(platform=platform) if platform else held.none()).exists():
        raise StationHeld
    Station.objects.filter(pk__in=[s.pk for s in chosen]).update(platform=platform, spare=spare)
    subject = Ref("venue", str(venue.uid), venue.name)
    audit.record(actor=actor, action="stations.equip", subject=subject, event_code=event.code, count=len(chosen))
    return len(chosen)


@transaction.atomic
def book(*, actor: Actor, round: Round, entry: Entry, session: Session | None = None) -> Booking:
    """A place for a team, in that session or the first with equipment for its platform; again: the place it has.

    Raises NoPlaceLeft, ScheduleSettled, NotAllowed.
    """
    entry = Entry.objects.select_for_update(of=("self",)).select_related("event", "school").get(pk=entry.pk)
    require(may_book(actor, entry))
    if entry.event.state in OVER:
        raise ScheduleSettled
    if entry.state == "withdrawn" or entry.event_id != round.event_id:
        raise Invalid({"entry": _("This team does not take part in the round.")})
    known = Booking.objects.filter(round=round, entry=entry).first()
    if known is not None and session is None:
        return known
    if known is not None:
        _give_back(actor, known)
    for chosen in [session] if session is not None else sessions_of(round):
        held = _hold(chosen, entry.tech_platform)
        if held is not None:
            return _write(actor, round, entry, chosen, held)
    raise NoPlaceLeft(platform=entry.tech_platform)


def _hold(session: Session, platform: str) -> Station | None:
    """A free station, locked; None when there is none.

    Stations that somebody is just taking are passed over first, so that hundreds do not queue for one row, and waited
    for in a second look, so that nobody is turned away while one may still become free. The count behind the choice is
    as old as the statement: under the lock it is asked again.
    """
    lost: list[int] = []
    for patient in (False, True):
        while True:
            rows = free_stations(session, platform).exclude(pk__in=lost)
            station = rows.select_for_update(of=("self",), skip_locked=not patient).first()
            if station is None:
                break
            if not at_the_same_time(session).filter(held=station).exists():
                return station
            lost.append(station.pk)
    return None


def _write(actor: Actor, round: Round, entry: Entry, session: Session, held: Station) -> Booking:
    booking = Booking.objects.create(round=round, session=session, entry=entry, held=held, platform=entry.tech_platform)
    audit.record(actor=actor, action="booking.make", subject=booking.ref, event_code=entry.event.code)
    return booking


@transaction.atomic
def give_back(*, actor: Actor, booking: Booking) -> None:
    """Free a team's place; doing it again changes nothing. Raises ScheduleSettled, NotAllowed."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("event", "school").get(pk=booking.entry_id)
    require(may_book(actor, entry))
    if entry.event.state in OVER:
        raise ScheduleSettled
    if Booking.objects.filter(pk=booking.pk).exists():
        _give_back(actor, booking)


def _give_back(actor: Actor, booking: Booking) -> None:
    audit.record(actor=actor, action="booking.give_back", subject=booking.ref, event_code=booking.round.event.code)
    booking.delete()


@transaction.atomic
def free_places(*, actor: Actor, entry: Entry) -> int:
    """A team that has left gives every place back at once; how many. The leaving itself was decided below."""
    held = list(Booking.objects.filter(entry=entry, entry__state__in=LEFT).select_related("round__event"))
    for booking in held:
        _give_back(actor, booking)
    return len(held)


@transaction.atomic
def place_teams(*, actor: Actor, round: Round) -> Placement:
    """A place for every team that has none; teams that left before the doors knew of it give theirs back first."""
    require(may_arrange(actor, round.event))
    for gone in Booking.objects.filter(round=round, entry__state__in=LEFT).select_related("round__event"):
        _give_back(actor, gone)
    found = Placement()
    for entry in teams_to_place(round):
        try:
            book(actor=actor, round=round, entry=entry)
            found.placed += 1
        except NoPlaceLeft:
            found.missing[entry.tech_platform] += 1
    return found
