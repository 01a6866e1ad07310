"""Numbered lists that were shown and decided, and what was objected against them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import Role, ScopeKind
from backend.selection.models.applications import Choice
from backend.selection.models.calls import Call

OBJECTION = Lifecycle("objection", {("filed", "uphold"): "upheld", ("filed", "dismiss"): "dismissed"})


class DecisionQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> DecisionQuerySet:
        """Public once it was shown; before that its call's officers see it."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        shown = Q(call__state__in=["publicity", "confirmed"])
        if actor.role == Role.GROUP_SECRETARY and actor.scope_key(ScopeKind.GROUP):
            return self.filter(shown | Q(call__group__code=actor.scope_key(ScopeKind.GROUP)))
        return self.filter(shown)


class Decision(Row):
    """One list: a shortlist or what was confirmed. It never changes; a change is the next number."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, default="shortlist")
    issuer = models.CharField(max_length=20)  # a group's code, "HA" for the province
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)  # why it differs from the one before
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_decision_per_number"),
            models.UniqueConstraint(fields=["issuer", "year", "serial"], name="one_decision_per_serial"),
            models.UniqueConstraint(fields=["call"], condition=Q(kind="confirmed"), name="one_confirmed_decision"),
            models.CheckConstraint(condition=Q(kind__in=["shortlist", "confirmed"]), name="decision_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title_number

    @property
    def title_number(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.serial}号"

    @property
    def ref(self) -> Ref:
        return Ref("decision", str(self.uid), self.title_number)


class ObjectionQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ObjectionQuerySet:
        """Who objects and why is for the officers of the call."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.GROUP_SECRETARY and actor.scope_key(ScopeKind.GROUP):
            return self.filter(call__group__code=actor.scope_key(ScopeKind.GROUP))
        return self.none()


class Objection(Row, SealedRow):
    """What somebody objected during the notice. Name, contact and words are private; the answer is public."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objections")
    choice = models.ForeignKey(Choice, null=True, on_delete=models.PROTECT, related_name="objections")
    name_sealed = models.TextField()
    contact_sealed = models.TextField()
    words_sealed = models.TextField()
    state = models.CharField(max_length=12, default="filed")
    answer = models.CharField(max_length=1000, blank=True)
    filed_at = models.DateTimeField()
    client_id = models.UUIDField(unique=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_uid = models.UUIDField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            OBJECTION.check(),
            models.UniqueConstraint(fields=["call", "number"], name="one_objection_per_number"),
            models.CheckConstraint(condition=Q(state="filed") | ~Q(answer=""), name="objection_decided_with_answer"),
        ]

    def __str__(self) -> str:
        return f"objection {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("objection", str(self.uid), f"objection {self.number}")
