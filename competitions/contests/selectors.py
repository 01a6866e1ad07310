"""Questions about contests and events."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event


def organised_events(actor: Actor) -> QuerySet[Event]:
    """Events that the actor runs: by a role in the event, or in its leading or co-group."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return Event.objects.all()
    if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
        return Event.objects.none()
    group, event = actor.scope_key(ScopeKind.GROUP), actor.scope_key(ScopeKind.EVENT)
    if event:
        return Event.objects.filter(code=event)
    return Event.objects.filter(Q(leading_group__code=group) | Q(co_groups__code=group)).distinct()


def event_of(actor: Actor, code: str) -> Event:
    """The event with that public code; NotFound when the actor may not know of it."""
    found = Event.objects.visible_to(actor).select_related("edition__contest", "rule_set", "leading_group")
    event: Event | None = found.filter(code=code).first()
    if event is None:
        raise NotFound
    return event
