"""Notes to a person inside the system."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from backend.core.models import Row, VisibleQuerySet


class NoteQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> NoteQuerySet:
        """Only the recipient."""
        return self.filter(recipient_id=actor.user_id) if actor.user_id else self.none()


class Note(Row):
    """One in-app message; its text is translated when shown: `kind` names a template, `params` fill it."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.kind
