"""One row per topic: the truth that every socket is healed from."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """A topic's newest state and version; a socket message is only a hint of it."""

    topic = models.CharField(max_length=120, unique=True)
    version = models.PositiveBigIntegerField(default=0)
    state = models.JSONField(default=dict)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.topic} v{self.version}"


class Touch(models.Model):
    """Something of a topic changed: inserted by writers, eaten by the projector."""

    topic = models.CharField(max_length=120, db_index=True)
    part = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"touch of {self.topic}"
