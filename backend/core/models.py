"""What every room's rows share, and the durable jobs behind `later`."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from backend.core.states import Lifecycle

JOB = Lifecycle(
    "job",
    {
        ("waiting", "start"): "running",
        ("running", "finish"): "done",
        ("running", "fail"): "failed",
        ("running", "requeue"): "waiting",
        ("failed", "requeue"): "waiting",
        ("waiting", "cancel"): "cancelled",
    },
)


class Row(models.Model):
    """A row that a URL, API, socket, file name or tablet can name: by `uid`, never by its integer key."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Job(Row):
    """A task to run after commit: inserted in the transaction that wants it, re-queued until it is done."""

    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [JOB.check()]
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Installation(models.Model):
    """The one row that says which keys this database was filled with."""

    fingerprint = models.CharField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return self.fingerprint


class VisibleQuerySet(models.QuerySet):
    """Base of every room's query set: `visible_to(actor)` is the only door for pages and API."""

    def visible_to(self, actor: Any) -> Any:
        """Rows the actor may know exist; a room overrides it, silence means nothing."""
        return self.none()
