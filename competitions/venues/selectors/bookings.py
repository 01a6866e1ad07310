"""How many teams a session can take, on which platform, and who is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from competitions.contests.models import Event, Round
from competitions.registration.models import Entry
from competitions.venues.models import Booking, Session, Station

ANY = ""  # equipped for whatever platform


@dataclass(frozen=True, slots=True)
class Filling:
    """A session with its equipment on one platform. spare: stations kept for machines that fail, not counted in all."""

    session: Session
    platform: str
    all: int
    taken: int
    spare: int

    @property
    def free(self) -> int:
        return max(0, self.all - self.taken)


def sessions_of(round: Round) -> QuerySet[Session]:
    """In the order in which they are filled."""
    found: QuerySet[Session] = Session.objects.filter(round=round).select_related("venue").order_by("starts_at", "pk")
    return found


def at_the_same_time(session: Session) -> QuerySet[Booking]:
    """Places taken in the session's venue while it lasts, its own included."""
    return Booking.objects.filter(
        session__venue=session.venue_id, session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at
    )


def free_stations(session: Session, platform: str) -> QuerySet[Station]:
    """Stations whose equipment nobody counts on while the session lasts: those for just this platform first."""
    taken = at_the_same_time(session).values("held")
    fit = Station.objects.filter(venue=session.venue_id, spare=False, platform__in={platform, ANY})
    return fit.exclude(pk__in=taken).order_by("-platform", "code")


def fillings(round: Round) -> list[Filling]:
    """Every session by platform, with what is taken and what is spare."""
    sessions = list(sessions_of(round))
    stations = Counter(
        Station.objects.filter(venue__in={s.venue_id for s in sessions}).values_list("venue_id", "platform", "spare")
    )
    taken = Counter(Booking.objects.filter(session__in=sessions).values_list("session_id", "held__platform"))
    found = []
    for session in sessions:
        for platform in sorted({p for v, p, _spare in stations if v == session.venue_id}):
            key = (session.venue_id, platform)
            found.append(
                Filling(session, platform, stations[*key, False], taken[session.pk, platform], stations[*key, True])
            )
    return found


def room_by_platform(found: list[Filling], platforms: Iterable[str]) -> dict[str, list[tuple[Session, int]]]:
    """For each platform the sessions in which a team of it may find a station, and how many are free there."""
    free: dict[str, dict[Session, int]] = {platform: {} for platform in platforms}
    for filling in found:
        for platform, sessions in free.items():
            if filling.platform in (platform, ANY):
                sessions[filling.session] = sessions.get(filling.session, 0) + filling.free
    return {platform: [(s, n) for s, n in sessions.items() if n] for platform, sessions in free.items()}


def teams_to_place(round: Round) -> QuerySet[Entry]:
    """Teams of the round's event without a place, in the order in which they are placed."""
    live = Entry.objects.filter(event=round.event_id).exclude(
        state__in=["withdrawn", "rejected", "incomplete", "draft"]
    )
    waiting = live.exclude(bookings__round=round).select_related("school", "event")
    return waiting.order_by("school__name", "team_number", "pk")


def bookings_of(actor: Actor, event: Event) -> QuerySet[Booking]:
    """The places of the teams that the actor may see, session by session."""
    found: QuerySet[Booking] = Booking.objects.visible_to(actor).filter(round__event=event)
    return found.select_related("session__venue", "entry__school", "entry__event", "held").order_by(
        "session__starts_at", "session_id", "entry__school__name", "entry__team_number"
    )


def own_bookings(actor: Actor) -> QuerySet[Booking]:
    """The places of the actor's own teams in all events."""
    found: QuerySet[Booking] = Booking.objects.visible_to(actor).exclude(entry__state="withdrawn")
    return found.select_related("session__venue", "session__round__event", "entry__school").order_by(
        "session__starts_at"
    )


def doubly_booked(event: Event) -> list[tuple[Booking, Booking]]:
    """Pairs of places at the same time in which one person takes part, in whatever events."""
    here = Booking.objects.filter(round__event=event).exclude(entry__state="withdrawn")
    own = {b.pk: b for b in here.select_related("session", "entry__school", "round__event")}
    people = _people(own.values())
    persons = {person for some in people.values() for person in some}
    shared = Booking.objects.filter(entry__members__person__in=persons, entry__members__ended_at=None)
    others = shared.exclude(entry__state="withdrawn").select_related("session", "entry__school", "round__event")
    theirs = {b.pk: b for b in others}
    with_people = _people(theirs.values())
    pairs = ((a, b) for a in own.values() for b in theirs.values() if b.pk > a.pk or b.pk not in own)
    return [(a, b) for a, b in pairs if people[a.pk] & with_people[b.pk] and _at_once(a.session, b.session)]


def _at_once(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _people(bookings: Iterable[Booking]) -> dict[int, set[int]]:
    """The persons of each booked team who have to be there."""
    found: dict[int, set[int]] = {b.pk: set() for b in bookings}
    entries = Q(bookings__in=found)
    rows = Entry.objects.filter(entries, members__ended_at=None, members__role="contestant")
    for booking, person in rows.values_list("bookings__pk", "members__person_id"):
        if booking in found:
            found[booking].add(person)
    return found
