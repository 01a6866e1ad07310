"""What an applicant sends: a draft, numbered versions, what it wants most; returns and recommendations."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation
from backend.selection.models.calls import Call, Offer

APPLICATION = Lifecycle(
    "application",
    {
        ("draft", "submit"): "submitted",
        ("submitted", "take_back"): "draft",
        ("submitted", "return"): "returned",
        ("returned", "submit"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("submitted", "withdraw"): "withdrawn",
        ("returned", "withdraw"): "withdrawn",
    },
)


class ApplicationQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ApplicationQuerySet:
        """The applicant's own; what was sent also to the call's officers, the offers' groups and their experts."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(organisation__uid=actor.scope_key(ScopeKind.ORGANISATION) or None)
        sent = ~Q(versions=None)
        if actor.role == Role.GROUP_SECRETARY and actor.scope_key(ScopeKind.GROUP):
            code = actor.scope_key(ScopeKind.GROUP)
            return self.filter(sent & (Q(call__group__code=code) | Q(choices__offer__group__code=code))).distinct()
        if actor.role == Role.EXPERT and actor.user_id:
            seated = Q(choices__offer__experts__user_id=actor.user_id, choices__offer__experts__recused_at=None)
            scored = Q(call__state__in=["scoring", "shortlisted", "publicity", "confirmed"])
            return self.filter(sent & seated & scored).distinct()
        return self.none()


class Application(Row, SealedRow):
    """One organisation's application to a call. answers: the draft; what was sent stands in versions."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="selections")
    state = models.CharField(max_length=20, default="draft")
    answers = models.JSONField(default=dict)
    contact_name_sealed = models.TextField(blank=True)
    contact_phone_sealed = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            APPLICATION.check(),
            models.UniqueConstraint(fields=["call", "organisation"], name="one_application_to_a_call"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="application_sent_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("application", str(self.uid), self.organisation.name)


class Version(Row):
    """What was sent, the n-th time; never changes. choices: offers in order; documents: uid and hash of each."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    choices = models.JSONField()
    documents = models.JSONField()
    submitted_at = models.DateTimeField()
    submitted_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"version {self.number}"


class Choice(Row):
    """One offer an application is for, and how much it is wanted (1: most). outcome: once all is confirmed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="choices")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="choices")
    rank = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, blank=True)
    excluded_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "offer"], name="one_choice_of_an_offer"),
            models.UniqueConstraint(fields=["application", "rank"], name="one_choice_per_rank"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="choice_rank_from_one"),
            models.CheckConstraint(condition=Q(outcome__in=["", "confirmed", "rejected"]), name="choice_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"choice {self.uid}"


class Return(Row):
    """An application sent back, with what has to be mended field by field."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="returns")
    number = models.PositiveSmallIntegerField()  # of the version that was returned
    reasons = models.JSONField()
    returned_at = models.DateTimeField()
    returned_by_uid = models.UUIDField(null=True)
    mended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_return_of_a_version")]

    def __str__(self) -> str:
        return f"return of version {self.number}"


class Recommendation(Row):
    """The group's word about a choice: its place among the group's recommendations, or why it is not recommended."""

    choice = models.OneToOneField(Choice, on_delete=models.PROTECT, related_name="recommendation")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="recommendations")
    rank = models.PositiveSmallIntegerField(null=True)  # None: not recommended
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "rank"], name="one_recommendation_per_rank"),
            models.CheckConstraint(condition=~Q(reason=""), name="recommendation_reasoned"),
        ]

    def __str__(self) -> str:
        return f"recommended {self.rank}"
