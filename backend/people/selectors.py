"""Questions about people, their roles and the organisations they act for."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Grant, Group, Membership, MembershipApplication, Organisation, OrganisationName

RANK = [  # which role a person starts in when none was chosen
    "sys_admin",
    "group_secretary",
    "organiser",
    "chief_judge",
    "supervisor",
    "judge",
    "school_coordinator",
    "bureau_reviewer",
    "contestant",
]


def grants_of(user: Any) -> list[Grant]:
    """The account's live grants, the widest first."""
    found = Grant.objects.filter(user=user, ended_at=None)
    return sorted(found, key=lambda g: (RANK.index(g.role), g.pk))


SEAT_ROLES = ("chief_judge", "supervisor", "judge")


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
        person_id=person.pk if person else None,
        label=user.display_name or user.account_name,
    )


def name_key(name: str) -> str:
    """What names are compared by: NFKC (which also makes brackets one kind), spaces removed, nothing guessed."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def match_organisations(names: Iterable[str]) -> dict[str, Organisation]:
    """The recorded organisation behind each written name, present or former; names that match none are left out."""
    keys = {name: name_key(name) for name in names}
    wanted = sorted(set(keys.values()))
    by_key: dict[str, Organisation] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for former in OrganisationName.objects.filter(name_key__in=some).select_related("organisation"):
            by_key[former.name_key] = former.organisation
        for organisation in Organisation.objects.filter(name_key__in=some):
            by_key[organisation.name_key] = organisation
    return {name: by_key[key] for name, key in keys.items() if key in by_key and by_key[key].ended_at is None}


def match_organisation(name: str) -> tuple[Organisation | None, list[str]]:
    """The organisation under that name, or None and the names it may have been meant for."""
    found = match_organisations([name]).get(name)
    return found, [] if found else propose_organisations(name)


def propose_organisations(name: str, limit: int = 3) -> list[str]:
    """Present names of recorded organisations that resemble the written one, the nearest first: offered, never taken.

    Former names resemble too; the present name is offered for them.
    """
    names = dict(Organisation.objects.filter(ended_at=None).values_list("name_key", "name"))
    formers = OrganisationName.objects.filter(organisation__ended_at=None)
    names = dict(formers.values_list("name_key", "organisation__name")) | names
    near = difflib.get_close_matches(name_key(name), names, n=limit * 2, cutoff=0.6)
    return list(dict.fromkeys(names[key] for key in near))[:limit]


def propose_for(names: Iterable[str], limit: int = 3) -> dict[str, list[str]]:
    """Proposals for many written names."""
    return {name: propose_organisations(name, limit) for name in dict.fromkeys(names)}


def role_holders(actor: Actor) -> QuerySet[Grant]:
    """Live roles that the actor may see, by account."""
    found = Grant.objects.visible_to(actor).live().select_related("user")
    return found.order_by("user__account_name", "role", "pk")


def officers_of(group: Group) -> QuerySet[Grant]:
    """Live roles held in a group; for those who may see its role holders."""
    found = Grant.objects.live().filter(scope_kind="group", scope_key=group.code)
    return found.select_related("user").order_by("role", "user__account_name")


def organisations_found(actor: Actor, words: str = "") -> QuerySet[Organisation]:
    """Organisations the actor may see, by name, present or former."""
    found = Organisation.objects.visible_to(actor).filter(ended_at=None).order_by("name")
    key = name_key(words)
    if key:
        found = found.filter(Q(name_key__icontains=key) | Q(names__name_key__icontains=key)).distinct()
    return found


def role_holders_in(kind: str, key: str) -> QuerySet[Grant]:
    """Live roles in exactly that scope; the caller has decided that the actor may see them."""
    found = Grant.objects.filter(scope_kind=kind, scope_key=key, ended_at=None)
    return found.select_related("user").order_by("role", "user__account_name")


def organisation_of(actor: Actor) -> Organisation | None:
    """The organisation for which the actor acts."""
    key = actor.scope_key("organisation")
    return Organisation.objects.filter(uid=key).first() if key else None


def applications_of(actor: Actor) -> QuerySet[MembershipApplication]:
    """Applications the actor may see, the newest first."""
    found = MembershipApplication.objects.visible_to(actor).select_related("group", "organisation")
    return found.order_by("-created_at", "-pk")


def waiting_for(actor: Actor) -> QuerySet[MembershipApplication]:
    """Submitted applications that the acting secretary has to decide."""
    if actor.role != "group_secretary":
        return MembershipApplication.objects.none()
    return applications_of(actor).filter(state="submitted")


def returned_to(actor: Actor) -> QuerySet[MembershipApplication]:
    """The acting unit's own applications that came back for mending."""
    if actor.scope_key("organisation") is None:
        return MembershipApplication.objects.none()
    return applications_of(actor).filter(state="returned")


def members_of(group: Group, words: str = "") -> QuerySet[Membership]:
    """A group's members of today, by kind and name."""
    found = Membership.objects.filter(group=group).on(clock.today()).select_related("organisation")
    if name_key(words):
        found = found.filter(organisation__name_key__icontains=name_key(words))
    return found.order_by("kind", "organisation__name", "pk")


def former_members_of(group: Group) -> QuerySet[Membership]:
    """Those who have left, the latest first."""
    found = Membership.objects.filter(group=group, ended_on__lte=clock.today()).select_related("organisation")
    return found.order_by("-ended_on", "pk")
