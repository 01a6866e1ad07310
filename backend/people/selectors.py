"""Questions about people, their roles and the organisations they act for."""

from __future__ import annotations

from typing import Any

from backend.core.actor import Actor
from backend.people.models import Grant

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
