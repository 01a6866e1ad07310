"""The append-only record of who did what, and the seals that chain it."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet


class AuditQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> AuditQuerySet:
        """System officers see everything; others see it through the timeline of a thing they may see."""
        return self if actor.role in ("sys_admin", "system") else self.none()


class AuditEntry(Row):
    """One act: written in the transaction of the change it tells; never holds a personal value."""

    at = models.DateTimeField()
    user_uid = models.UUIDField(null=True)
    role = models.CharField(max_length=30)
    scope = models.CharField(max_length=100, blank=True)
    device = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=120, blank=True)
    event_code = models.CharField(max_length=40, blank=True, db_index=True)
    details = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_key"])]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind}:{self.subject_key}"


class AuditSeal(models.Model):
    """The chain: one seal an entry, in the order in which entries became visible."""

    sequence = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:8]}"
