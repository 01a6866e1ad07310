"""Questions about people, their roles and the organisations they act for."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from backend.people.models import Grant, Organisation

RANK = [  # which role a person starts in when none was chosen
    "sys_admin",
    "group_secretary",
    "organiser",
    "chief_judge",
    "supervisor",
    "judge",
    "school_coordinator",
    "contestant",
]


def grants_of(user: Any) -> list[Grant]:
    """The account's live grants, the widest first."""
    found = Grant.objects.filter(user=user, ended_at=None)
    return sorted(found, key=lambda g: (RANK.index(g.role), g.pk))


def actor_for(user: Any, *, grant_uid: str | None = None, device: str = "") -> Actor:
    """The Actor of an account in the chosen grant (or its first); without grants it may only see what is public."""
    grants = grants_of(user)
    chosen = next((g for g in grants if str(g.uid) == grant_uid), grants[0] if grants else None)
    person = getattr(user, "person", None)
    return Actor(
        role=chosen.role if chosen else "public",
        user_id=user.pk,
        user_uid=user.uid,
        scope=chosen.scope if chosen else None,
        device=device,
        person_id=person.pk if person else None,
        label=user.display_name or user.account_name,
    )


def name_key(name: str) -> str:
    """What names are compared by: NFKC, spaces removed, nothing guessed."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def match_organisations(names: Iterable[str]) -> dict[str, Organisation]:
    """The recorded organisation behind each written name; names that match none are left out."""
    keys = {name: name_key(name) for name in names}
    found = Organisation.objects.filter(name_key__in=set(keys.values()), ended_at=None)
    by_key = {organisation.name_key: organisation for organisation in found}
    return {name: by_key[key] for name, key in keys.items() if key in by_key}


def propose_organisations(name: str, limit: int = 3) -> list[str]:
    """Recorded names that resemble the written one, the nearest first: offered to a person, never taken."""
    names = list(Organisation.objects.filter(ended_at=None).values_list("name", flat=True))
    return difflib.get_close_matches(name_key(name), names, n=limit, cutoff=0.6)


def role_holders(actor: Actor) -> QuerySet[Grant]:
    """Live roles within the actor's own scope (system officers: all)."""
    found = Grant.objects.filter(ended_at=None).select_related("user").order_by("role", "user__account_name")
    if actor.role in ("sys_admin", "system"):
        return found
    if actor.scope is None:
        return found.none()
    own = Q(scope_kind=actor.scope.kind, scope_key=actor.scope.key) | Q(granted_by_id=actor.user_id)
    return found.filter(own)
