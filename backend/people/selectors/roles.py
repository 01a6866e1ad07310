"""Questions about accounts and the roles they hold."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.people.models import Grant, Group

RANK = [  # which role a person starts in when none was chosen
    "sys_admin",
    "group_secretary",
    "organiser",
    "chief_judge",
    "supervisor",
    "judge",
    "expert",
    "checkin_officer",
    "school_coordinator",
    "bureau_reviewer",
    "contestant",
]


def grants_of(user: Any) -> list[Grant]:
    """The account's live grants, the widest first."""
    found = Grant.objects.filter(user=user, ended_at=None)
    return sorted(found, key=lambda g: (RANK.index(g.role), g.pk))


def holds_still(actor: Actor) -> bool:
    """Whether the role that the actor acts in stands at this moment; an actor is as old as its request."""
    if actor.user_id is None or actor.scope is None:
        return False
    scope = {"scope_kind": actor.scope.kind, "scope_key": actor.scope.key}
    return Grant.objects.filter(user=actor.user_id, role=actor.role, ended_at=None, **scope).exists()


SEAT_ROLES = ("chief_judge", "supervisor", "judge", "checkin_officer")


def actor_for(user: Any, *, grant_uid: str | None = None, device: str = "", bound: bool = False) -> Actor:
    """The Actor of an account in the chosen grant (or its first); without grants it may only see what is public.

    bound: a session opened by a seat's card acts in that grant or in none; without one, in a seat's role at most.
    """
    grants = grants_of(user)
    chosen = next((g for g in grants if str(g.uid) == grant_uid), None)
    if chosen is None and not (bound and grant_uid):
        chosen = next((g for g in grants if not bound or g.role in SEAT_ROLES), None)
    person = None if bound else getattr(user, "person", None)
    return Actor(
        role=chosen.role if chosen else "public",
        user_id=user.pk,
        user_uid=user.uid,
        scope=chosen.scope if chosen else None,
        device=device,
        person_id=(person.merged_into_id or person.pk) if person else None,
        label=user.display_name or user.account_name,
    )


def role_holders(actor: Actor) -> QuerySet[Grant]:
    """Live roles that the actor may see, by account."""
    found = Grant.objects.visible_to(actor).live().select_related("user")
    return found.order_by("user__account_name", "role", "pk")


def officers_of(group: Group) -> QuerySet[Grant]:
    """Live roles held in a group; for those who may see its role holders."""
    found = Grant.objects.live().filter(scope_kind="group", scope_key=group.code)
    return found.select_related("user").order_by("role", "user__account_name")


def role_holders_in(kind: str, key: str) -> QuerySet[Grant]:
    """Live roles in exactly that scope; the caller has decided that the actor may see them."""
    found = Grant.objects.filter(scope_kind=kind, scope_key=key, ended_at=None)
    return found.select_related("user").order_by("role", "user__account_name")
