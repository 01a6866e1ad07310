"""Questions about contests and events."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook import Rules, read_rules


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


def rules_of(event: Event) -> Rules:
    """The event's rules as typed values."""
    return read_rules(event.rule_set.rules)


def events_of(actor: Actor, *, words: str = "", state: str = "", group: str = "", year: str = "") -> QuerySet[Event]:
    """Events the actor may know, the newest edition first; each filter empty: all."""
    filters: dict[str, Any] = {}
    if state:
        filters["state"] = state
    if group:
        filters["leading_group__code"] = group
    if year.isdigit():
        filters["edition__year"] = int(year)
    found = Event.objects.visible_to(actor).filter(**filters).select_related("edition__contest", "leading_group")
    if words:
        found = found.filter(Q(code__icontains=words) | Q(name__icontains=words) | Q(name_en__icontains=words))
    ordered: QuerySet[Event] = found.order_by("-edition__year", "code")
    return ordered


def copyable_events(actor: Actor, edition: Edition) -> QuerySet[Event]:
    """The actor's own events of an edition, cancelled ones too: they may be held next year."""
    found: QuerySet[Event] = (
        organised_events(actor)
        .filter(edition=edition)
        .select_related("rule_set", "leading_group")
        .prefetch_related("co_groups", "rounds")
        .order_by("code")
    )
    return found


def edition_of(uid: UUID | str) -> Edition:
    """The edition with that uid; editions are public."""
    found: Edition | None = (
        Edition.objects.select_related("contest__family", "rule_set", "copied_from").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def groups_of_organiser(actor: Actor) -> QuerySet[Group]:
    """Groups in which the actor may set up events."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return Group.objects.all()
    if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
        return Group.objects.none()
    return Group.objects.filter(code=actor.scope_key(ScopeKind.GROUP) or "")
