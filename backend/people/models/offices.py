"""Who holds which office in a group's council, secretariat and specialty committees."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.vault import SealedRow
from backend.people.enums import Body, Role, ScopeKind
from backend.people.models.groups import Group
from backend.people.models.identities import Organisation
from backend.people.models.known import known


class CommitteeQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CommitteeQuerySet:
        """Which committees a group has is public."""
        return self


class Committee(Row):
    """A group's specialty committee (专业委员会) for one class of majors (专业类)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="committees")
    class_code = models.CharField(max_length=4)  # 专业类 code, "5102"
    name = models.CharField(max_length=100)
    founded_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["class_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "class_code"], condition=Q(ended_on=None), name="one_live_committee_per_class"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("committee", str(self.uid), self.name)


class OfficeQuerySet(VisibleQuerySet):
    def on(self, day: date) -> OfficeQuerySet:
        """Offices held on that day; the last day counts."""
        return self.filter(Q(begins_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))

    def visible_to(self, actor: Any) -> OfficeQuerySet:
        """For the group's own officers and for its member units: names are shown to nobody else."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.scope_key(ScopeKind.ORGANISATION):
            mine = Q(memberships__organisation__uid=actor.scope_key(ScopeKind.ORGANISATION), memberships__ended_on=None)
            return self.filter(group__in=Group.objects.filter(mine))
        if actor.role in (Role.GROUP_SECRETARY, Role.ORGANISER):
            return self.filter(group__code=actor.scope_key(ScopeKind.GROUP) or "")
        return self.none()


class Office(Row, SealedRow):
    """One person's appointment to an office, from a day to a day; ended, never deleted."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="offices")
    body = models.CharField(max_length=12)
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="offices")
    title = models.CharField(max_length=40)  # 理事长, 秘书长, 主任委员
    name_sealed = models.TextField()
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="offices")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)  # the last day

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["body", "begins_on", "pk"]
        constraints = [
            known("body", Body, "office_body_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="office_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(body=Body.COMMITTEE, committee__isnull=False)
                | (~Q(body=Body.COMMITTEE) & Q(committee__isnull=True)),
                name="office_of_a_committee_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.group_id}"

    @property
    def ref(self) -> Ref:
        return Ref("office", str(self.uid), self.title)

    @property
    def holder(self) -> str:
        return self.reveal("name")
