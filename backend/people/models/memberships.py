"""Which organisation belongs to which group, and the applications by which it joined and leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import MemberKind, Purpose, Role, ScopeKind
from backend.people.models.groups import Group
from backend.people.models.identities import Organisation
from backend.people.models.known import known

APPLICATION = Lifecycle(
    "membership_application",
    {
        ("draft", "submit"): "submitted",
        ("returned", "submit"): "submitted",
        ("submitted", "return"): "returned",
        ("submitted", "refuse"): "refused",
        ("submitted", "accept"): "accepted",
        ("submitted", "withdraw"): "withdrawn",
        ("returned", "withdraw"): "withdrawn",
        ("accepted", "leave"): "left",
    },
)
OPEN = ("draft", "submitted", "returned")


class MembershipQuerySet(VisibleQuerySet):
    def on(self, day: date) -> MembershipQuerySet:
        """Memberships that hold on that day; the day of leaving is the first one outside."""
        begun = Q(joined_on=None) | Q(joined_on__lte=day)
        return self.filter(begun & (Q(ended_on=None) | Q(ended_on__gt=day)))

    def within(self, first: date, last: date) -> MembershipQuerySet:
        """Memberships that held on any day of that time."""
        begun = Q(joined_on=None) | Q(joined_on__lte=last)
        return self.filter(begun & (Q(ended_on=None) | Q(ended_on__gt=first)))

    def visible_to(self, actor: Any) -> MembershipQuerySet:
        """Who belongs to a group is public."""
        return self


class Membership(Row, SealedRow):
    """An organisation's dated membership of a group; whom to ask there is for the group's secretariat."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=20, default=MemberKind.SCHOOL)
    joined_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # the first day on which it is no member
    end_reason = models.CharField(max_length=300, blank=True)
    council_role = models.CharField(max_length=40, blank=True)  # of the unit: 理事长单位, 副理事长单位, 理事单位
    contact_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=models.Q(ended_on=None),
                name="one_live_membership",
            ),
            known("kind", MemberKind, "membership_kind_known"),
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(ended_on=None) | Q(ended_on__gte=models.F("joined_on")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.group_id}"

    def told(self, name: str) -> str:
        """`contact` or `phone`, "" where nobody told it."""
        return self.reveal(name) if getattr(self, f"{name}_sealed") else ""

    @property
    def asked(self) -> str:
        """Whom to ask there, in one line."""
        return " ".join(filter(None, (self.told("contact"), self.told("phone"))))


class ApplicationQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ApplicationQuerySet:
        """The applying unit's own; a group's officers see what was submitted to their group, never its drafts."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.scope_key(ScopeKind.ORGANISATION):
            return self.filter(organisation__uid=actor.scope_key(ScopeKind.ORGANISATION))
        if actor.role in (Role.GROUP_SECRETARY, Role.ORGANISER) and actor.scope_key(ScopeKind.GROUP):
            return self.filter(group__code=actor.scope_key(ScopeKind.GROUP)).exclude(submitted_at=None)
        return self.none()


class MembershipApplication(Row):
    """An organisation asks a group to let it in, or a member says that it leaves; decided by the secretariat."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    purpose = models.CharField(max_length=10, default=Purpose.JOIN)
    kind = models.CharField(max_length=20, default=MemberKind.SCHOOL)
    effective_on = models.DateField()  # the day from which it would be a member, or none any more
    statement = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=12, default="draft")
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="applications")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            APPLICATION.check(),
            known("purpose", Purpose, "application_purpose_known"),
            known("kind", MemberKind, "application_kind_known"),
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(state__in=OPEN),
                name="one_open_application",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "left"]) | Q(membership__isnull=False),
                name="accepted_application_has_membership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.organisation_id} to {self.group_id}"

    @property
    def ref(self) -> Ref:
        return Ref("membership_application", str(self.uid), f"{self.organisation.name} · {self.group.name}"[:120])


class ApplicationStep(models.Model):
    """What was decided on an application and why; rows are only added."""

    application = models.ForeignKey(MembershipApplication, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)
    remarks = models.JSONField(default=dict)  # of a return: what is to be mended, by the application's own fields
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=["return", "refuse"]) | ~Q(reason=""),
                name="return_or_refusal_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} of {self.application_id}"
