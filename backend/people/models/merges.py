"""One human recorded under two numbers: asked for by one system officer, confirmed by another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.people.enums import Role
from backend.people.models.identities import Person

MERGE = Lifecycle("person_merge", {("asked", "confirm"): "merged", ("asked", "refuse"): "refused"})


class MergeQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> MergeQuerySet:
        """Only system officers."""
        return self if actor.role in (Role.SYS_ADMIN, "system") else self.none()


class PersonMerge(Row):
    """The wish that a duplicate counts as another person, with its reason and both officers."""

    duplicate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_here")
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default="asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            MERGE.check(),
            models.CheckConstraint(condition=~Q(duplicate=F("into")), name="merge_is_of_two_persons"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="merged") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="merge_is_confirmed_by_a_second_officer",
            ),
            models.UniqueConstraint(fields=["duplicate"], condition=Q(state="asked"), name="one_open_merge_per_person"),
        ]

    def __str__(self) -> str:
        return f"merge of {self.duplicate_id} into {self.into_id}"

    @property
    def ref(self) -> Ref:
        return Ref("person_merge", str(self.uid))
