"""Where judges have to be: told to the schedule below, which cannot know it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.people.enums import ScopeKind
from competitions.contests.models import Event
from competitions.judges.models import ConductNote, PlanPlace, Seat
from competitions.venues.rulebook import Clash


def judges_in_two_places(event: Event) -> list[Clash]:
    """Places of confirmed panels that a judge of the event cannot fill both, here or in another event."""
    here = list(_confirmed().filter(plan__round__event=event))
    others = list(_confirmed().filter(judge__in={p.judge_id for p in here}))
    found = []
    for one in here:
        for other in others:
            later = other.pk > one.pk or other.plan.round.event_id != event.pk
            if later and one.judge_id == other.judge_id and _at_once(one, other):
                assert one.session is not None and other.session is not None
                told = f"{one.judge.unit_name} · {other.plan.round.event.code}"
                found.append(Clash("judge", str(one.session.uid), str(other.session.uid), told))
    return found


def _confirmed() -> QuerySet[PlanPlace]:
    places = PlanPlace.objects.filter(plan__state="confirmed", session__isnull=False)
    return places.select_related("session", "judge", "plan__round__event")


def _at_once(one: PlanPlace, other: PlanPlace) -> bool:
    assert one.session is not None and other.session is not None
    return (
        one.pk != other.pk
        and one.session.starts_at < other.session.ends_at
        and other.session.starts_at < one.session.ends_at
    )


def seats_known(event: Event) -> list[Seat]:
    """Seats of the event, closed ones too, whose holder is of the pool."""
    found = Seat.objects.filter(panel__round__event=event).exclude(judge=None).select_related("judge", "panel")
    return list(found.order_by("panel__round__number", "number", "pk"))


def notes_in(actor: Actor, event: Event) -> dict[int, list[tuple[datetime, str]]]:
    """What the actor may read of the event's notes on conduct: (when, text) by judge."""
    found: dict[int, list[tuple[datetime, str]]] = {}
    for note in ConductNote.objects.visible_to(actor).filter(event=event):
        found.setdefault(note.judge_id, []).append((note.created_at, note.reveal("text")))
    return found


def events_served(actor: Actor) -> set[str]:
    """The event in which a seat's holder judges."""
    key = actor.scope_key(ScopeKind.SEAT)
    if not key:
        return set()
    seats = Seat.objects.filter(uid=key, ended_at=None)
    return set(seats.values_list("panel__round__event__code", flat=True))
