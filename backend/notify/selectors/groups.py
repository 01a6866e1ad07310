"""The audiences of a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from backend.core.actor import Actor
from backend.notify.selectors.audiences import Addressee
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant, Group, Organisation
from backend.people.permissions import is_system


def groups_written_to(actor: Actor) -> Iterable[tuple[str, str]]:
    """One's own group; system officers every group."""
    found = Group.objects.all() if is_system(actor) else Group.objects.filter(code=actor.scope_key(ScopeKind.GROUP))
    return [(group.code, group.name) for group in found]


def coordinators_in_group(codes: Sequence[str]) -> Iterable[Addressee]:
    """Who looks after the teams of the group's member schools, the leading school among them."""
    found: list[Addressee] = []
    for group in Group.objects.filter(code__in=codes):
        members = Organisation.objects.filter(memberships__group=group, memberships__ended_on=None)
        schools = (members | Organisation.objects.filter(leads=group)).distinct()
        found += coordinators_of({str(o.uid): [{"group": group.name, "school": o.name}] for o in schools})
    return found


def coordinators_of(schools: Mapping[str, Sequence[Mapping[str, str]]]) -> list[Addressee]:
    """Coordinators of the schools, by uid: each once for every set of facts that the school has."""
    found: list[Addressee] = []
    uids = sorted(schools)
    for start in range(0, len(uids), 500):
        grants = Grant.objects.live().filter(
            role=Role.SCHOOL_COORDINATOR,
            scope_kind=ScopeKind.ORGANISATION,
            scope_key__in=uids[start : start + 500],
        )
        pairs = grants.order_by("pk").values_list("user_id", "scope_key")
        found += [Addressee(user, facts) for user, key in pairs for facts in schools[key]]
    return found


def officers_in_group(codes: Sequence[str]) -> Iterable[Addressee]:
    names = dict(Group.objects.filter(code__in=codes).values_list("code", "name"))
    grants = Grant.objects.live().filter(
        role__in=(Role.GROUP_SECRETARY, Role.ORGANISER), scope_kind=ScopeKind.GROUP, scope_key__in=codes
    )
    pairs = grants.order_by("pk").values_list("user_id", "scope_key")
    return [Addressee(pk, {"group": names[code]}) for pk, code in pairs]
