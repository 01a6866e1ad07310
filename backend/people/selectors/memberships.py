"""Questions about the members of groups and their applications."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, QuerySet, When

from backend.core import clock
from backend.core.actor import Actor
from backend.people.enums import MemberKind
from backend.people.models import Group, Membership, MembershipApplication
from backend.people.selectors.organisations import name_key


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


def drafts_of(actor: Actor) -> QuerySet[MembershipApplication]:
    """The acting unit's own applications that nobody has submitted yet."""
    if actor.scope_key("organisation") is None:
        return MembershipApplication.objects.none()
    return applications_of(actor).filter(state="draft")


def members_of(group: Group, words: str = "") -> QuerySet[Membership]:
    """A group's members of today: the school that leads, then by kind in the founding notice's order and by name."""
    found = Membership.objects.filter(group=group).on(clock.today()).select_related("organisation")
    if name_key(words):
        found = found.filter(organisation__name_key__icontains=name_key(words))
    places = [When(kind=kind, then=at) for at, kind in enumerate(MemberKind, 1)]
    place = Case(When(organisation=group.lead_school_id, then=0), *places, default=len(places) + 1)
    return found.order_by(place, "organisation__name", "pk")


def joined_between(group: Group, first: date, last: date) -> int:
    """How many organisations joined in that time; the report counts it."""
    return Membership.objects.filter(group=group, joined_on__range=(first, last)).count()


def left_between(group: Group, first: date, last: date) -> int:
    return Membership.objects.filter(group=group, ended_on__range=(first, last)).count()


def former_members_of(group: Group) -> QuerySet[Membership]:
    """Those who have left, the latest first."""
    found = Membership.objects.filter(group=group, ended_on__lte=clock.today()).select_related("organisation")
    return found.order_by("-ended_on", "pk")
