"""Where judges have to be: told to the schedule below, which cannot know it."""

from __future__ import annotations

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.people.enums import ScopeKind
from competitions.contests.models import Event
from competitions.judges.models import PlanPlace, Seat
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


def events_served(actor: Actor) -> set[str]:
    """The event in which a seat's holder judges."""
    key = actor.scope_key(ScopeKind.SEAT)
    if not key:
        return set()
    seats = Seat.objects.filter(uid=key, ended_at=None)
    return set(seats.values_list("panel__round__event__code", flat=True))
