"""The audiences of a group."""

from __future__ import annotations

from collections.abc import Iterable

from backend.core.actor import Actor
from backend.notify.selectors.audiences import Addressee
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant, Group, Organisation
from backend.people.permissions import is_system


def groups_written_to(actor: Actor) -> Iterable[tuple[str, str]]:
    """One's own group; system officers every group."""
    found = Group.objects.all() if is_system(actor) else Group.objects.filter(code=actor.scope_key(ScopeKind.GROUP))
    return [(group.code, group.name) for group in found]


def coordinators_in_group(code: str) -> Iterable[Addressee]:
    """Who looks after the teams of the group's member schools, the leading school among them."""
    group = Group.objects.get(code=code)
    members = Organisation.objects.filter(memberships__group=group, memberships__ended_on=None)
    schools = {str(o.uid): o.name for o in (members | Organisation.objects.filter(leads=group)).distinct()}
    return coordinators_of(schools, group=group.name)


def coordinators_of(schools: dict[str, str], **facts: str) -> list[Addressee]:
    """Coordinators of the schools (uid: name), each with the school's name."""
    found: list[Addressee] = []
    uids = sorted(schools)
    for start in range(0, len(uids), 500):
        grants = Grant.objects.live().filter(
            role=Role.SCHOOL_COORDINATOR,
            scope_kind=ScopeKind.ORGANISATION,
            scope_key__in=uids[start : start + 500],
        )
        pairs = grants.order_by("pk").values_list("user_id", "scope_key")
        found += [Addressee(user, {**facts, "school": schools[key]}) for user, key in pairs]
    return found


def officers_in_group(code: str) -> Iterable[Addressee]:
    group = Group.objects.get(code=code)
    grants = Grant.objects.live().filter(
        role__in=(Role.GROUP_SECRETARY, Role.ORGANISER), scope_kind=ScopeKind.GROUP, scope_key=code
    )
    return [Addressee(pk, {"group": group.name}) for pk in grants.order_by("pk").values_list("user_id", flat=True)]
