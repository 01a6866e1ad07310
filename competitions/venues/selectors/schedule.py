"""The schedule as it stands, what stands in its way, and what each person has to go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.core.clock import SHANGHAI
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.registration.models import Entry
from competitions.venues.enums import Audience, ItemKind
from competitions.venues.models import Booking, Programme, ScheduleItem, Session
from competitions.venues.rulebook import Clash, Item, clashes
from competitions.venues.selectors.bookings import doubly_booked

# What rooms above know and this one cannot: which judges have to be in two places, and which events are whose.
_clash_sources: list[Callable[[Event], list[Clash]]] = []
_duty_sources: list[Callable[[Actor], set[str]]] = []


def clash_source(find: Callable[[Event], list[Clash]]) -> None:
    """Register what else stands in a schedule's way."""
    _clash_sources.append(find)


def duty_source(find: Callable[[Actor], set[str]]) -> None:
    """Register in which events (by code) somebody serves."""
    _duty_sources.append(find)


def items_of(event: Event) -> QuerySet[ScheduleItem]:
    found: QuerySet[ScheduleItem] = ScheduleItem.objects.filter(event=event).select_related("venue")
    return found.order_by("starts_at", "pk")


def item_of(actor: Actor, event: Event, uid: UUID) -> ScheduleItem:
    found: ScheduleItem | None = ScheduleItem.objects.visible_to(actor).filter(event=event, uid=uid).first()
    if found is None:
        raise NotFound
    return found


def lines_of(event: Event) -> list[dict[str, str]]:
    """The schedule as it would be published: items and sessions by time; plain text values, nothing personal."""
    sessions = Session.objects.filter(round__event=event).select_related("venue")
    lines = [_item_line(item) for item in items_of(event)] + [_session_line(s) for s in sessions]
    return sorted(lines, key=lambda line: (line["starts_at"], line["ends_at"], line["title"], line["uid"]))


def _item_line(item: ScheduleItem) -> dict[str, str]:
    place = f"{item.venue.name} {item.place}".strip() if item.venue else item.place
    return {
        "uid": str(item.uid),
        "kind": item.kind,
        "title": item.title,
        "starts_at": _moment(item.starts_at),
        "ends_at": _moment(item.ends_at),
        "place": place,
        "audience": " ".join(sorted(item.audience)),
        "responsible": item.responsible,
        "session": "",
    }


def _session_line(session: Session) -> dict[str, str]:
    return {
        "uid": str(session.uid),
        "kind": str(ItemKind.MODULE),
        "title": session.name,
        "starts_at": _moment(session.starts_at),
        "ends_at": _moment(session.ends_at),
        "place": session.venue.name,
        "audience": " ".join(sorted((Audience.TEAMS, Audience.JUDGES))),
        "responsible": "",
        "session": str(session.uid),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S+08:00")


def clashes_of(event: Event) -> list[Clash]:
    """Everything that stands in the way: places, whole audiences, single persons, judges."""
    lines = lines_of(event)
    items = [
        Item(
            line["uid"],
            line["kind"],
            datetime.fromisoformat(line["starts_at"]),
            datetime.fromisoformat(line["ends_at"]),
            line["place"],
            frozenset(line["audience"].split()),
            bool(line["session"]),
        )
        for line in lines
    ]
    persons = [
        Clash("person", str(a.session.uid), str(b.session.uid), f"{a.entry.school.name} · {b.round.event.code}")
        for a, b in doubly_booked(event)
    ]
    return [*clashes(items), *persons, *(c for find in _clash_sources for c in find(event))]


def programme_of(actor: Actor, event: Event, number: int | None = None) -> Programme | None:
    """A published version, the newest unless a number is named."""
    found = Programme.objects.visible_to(actor).filter(event=event)
    if number is not None:
        found = found.filter(number=number)
    newest: Programme | None = found.order_by("-number").first()
    return newest


def numbers_of(actor: Actor, event: Event) -> list[int]:
    """Numbers of the published versions, the newest first."""
    found = Programme.objects.visible_to(actor).filter(event=event).order_by("-number")
    return list(found.values_list("number", flat=True))


@dataclass(frozen=True, slots=True)
class Agenda:
    """What somebody has to go to in an event. sessions: only these of the event's sessions; None: all."""

    event: Event
    lines: list[Mapping[str, str]]


def agenda_of(actor: Actor) -> list[Agenda]:
    """The published lines that concern the actor, event by event; a team's people see their own sessions only."""
    events = _events_of(actor)
    newest: dict[int, Programme] = {}
    for programme in Programme.objects.filter(event__in=events).select_related("event").order_by("number"):
        newest[programme.event_id] = programme
    own = _own_sessions(actor)
    audience = _audience_of(actor)
    found = []
    for programme in sorted(newest.values(), key=lambda p: p.event.code):
        lines = [line for line in programme.lines if _concerns(line, audience, own.get(programme.event_id))]
        if lines:
            found.append(Agenda(programme.event, lines))
    return found


def _events_of(actor: Actor) -> QuerySet[Event]:
    if actor.role in (Role.SCHOOL_COORDINATOR, Role.CONTESTANT):
        entries = Entry.objects.visible_to(actor).exclude(state="withdrawn")
        return Event.objects.filter(pk__in=entries.values("event"))
    codes = {code for find in _duty_sources for code in find(actor)}
    if actor.scope_key(ScopeKind.EVENT):
        codes.add(str(actor.scope_key(ScopeKind.EVENT)))
    if codes:
        return Event.objects.filter(code__in=codes)
    return organised_events(actor)


def _audience_of(actor: Actor) -> frozenset[str] | None:
    """Whose lines the actor reads; None: all."""
    if actor.role == Role.CONTESTANT:
        return frozenset({Audience.TEAMS, Audience.PUBLIC})
    if actor.role == Role.SCHOOL_COORDINATOR:
        return frozenset({Audience.TEAMS, Audience.LEADERS, Audience.PUBLIC})
    if actor.role in (Role.JUDGE, Role.CHIEF_JUDGE, Role.SUPERVISOR):
        return frozenset({Audience.JUDGES, Audience.PUBLIC})
    return None


def _own_sessions(actor: Actor) -> dict[int, set[str]]:
    """Sessions in which the actor's teams have a place, by event; events without places show every session."""
    found: dict[int, set[str]] = {}
    if actor.role in (Role.SCHOOL_COORDINATOR, Role.CONTESTANT):
        rows = Booking.objects.visible_to(actor).values_list("round__event_id", "session__uid")
        for event, session in rows:
            found.setdefault(event, set()).add(str(session))
    return found


def _concerns(line: Mapping[str, str], audience: frozenset[str] | None, sessions: set[str] | None) -> bool:
    if audience is not None and not audience & set(line["audience"].split()):
        return False
    return not line["session"] or sessions is None or line["session"] in sessions
