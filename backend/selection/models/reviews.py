"""Experts and their points: blind to each other until all of an offer are done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation
from backend.selection.models.applications import Choice
from backend.selection.models.calls import Criterion, Offer


class ExpertQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ExpertQuerySet:
        """The expert, and the officers of the call."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.GROUP_SECRETARY and actor.scope_key(ScopeKind.GROUP):
            return self.filter(offer__call__group__code=actor.scope_key(ScopeKind.GROUP))
        return self.filter(user_id=actor.user_id) if actor.role == Role.EXPERT and actor.user_id else self.none()


class Expert(Row):
    """Who scores an offer's applications; recused ones score nothing, and the reason stays."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="experts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expertises")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    recused_at = models.DateTimeField(null=True)
    recusal = models.CharField(max_length=300, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "user"], name="one_expert_per_account"),
            models.UniqueConstraint(fields=["offer", "number"], name="one_expert_per_number"),
            models.CheckConstraint(condition=Q(recused_at=None) | ~Q(recusal=""), name="expert_recusal_reasoned"),
        ]

    def __str__(self) -> str:
        return f"expert {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("expert", str(self.uid), f"expert {self.number}")


class ReviewQuerySet(VisibleQuerySet):
    def valid(self) -> ReviewQuerySet:
        return self.filter(voided_at=None)

    def visible_to(self, actor: Any) -> ReviewQuerySet:
        """One's own; others' only once every expert of the offer is done."""
        if actor.role == "system":
            return self
        done = Q(expert__offer__scored_at__isnull=False)
        if actor.role == Role.SYS_ADMIN:
            return self.filter(done)
        if actor.role == Role.GROUP_SECRETARY and actor.scope_key(ScopeKind.GROUP):
            return self.filter(done, expert__offer__call__group__code=actor.scope_key(ScopeKind.GROUP))
        if actor.role != Role.EXPERT or not actor.user_id:
            return self.none()
        colleague = Q(expert__offer__experts__user_id=actor.user_id, expert__offer__experts__recused_at=None)
        return self.filter(Q(expert__user_id=actor.user_id) | (done & colleague)).distinct()


class Review(Row):
    """One expert's points for one choice, for exactly the version it saw; void once another version is sent."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="reviews")
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expert", "choice"], condition=Q(voided_at=None), name="one_valid_review")
        ]

    def __str__(self) -> str:
        return f"review of version {self.version}"


class Score(models.Model):
    """Points for one criterion."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    points_max = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(
                condition=Q(points__gte=0) & Q(points__lte=F("points_max")), name="score_within_its_points"
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)
