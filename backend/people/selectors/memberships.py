"""Questions about the members of groups and their applications."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from backend.core import clock
from backend.core.actor import Actor
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


def members_of(group: Group, words: str = "") -> QuerySet[Membership]:
    """A group's members of today, by kind and name."""
    found = Membership.objects.filter(group=group).on(clock.today()).select_related("organisation")
    if name_key(words):
        found = found.filter(organisation__name_key__icontains=name_key(words))
    return found.order_by("kind", "organisation__name", "pk")


def joined_between(group: Group, first: date, last: date) -> int:
    """How many organisations joined in that time; the report counts it."""
    return Membership.objects.filter(group=group, joined_on__range=(first, last)).count()


def left_between(group: Group, first: date, last: date) -> int:
    return Membership.objects.filter(group=group, ended_on__range=(first, last)).count()


def former_members_of(group: Group) -> QuerySet[Membership]:
    """Those who have left, the latest first."""
    found = Membership.objects.filter(group=group, ended_on__lte=clock.today()).select_related("organisation")
    return found.order_by("-ended_on", "pk")
