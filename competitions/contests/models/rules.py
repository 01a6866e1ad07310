"""The rules as versioned data."""

from __future__ import annotations

from django.db import models

from backend.core.models import Row


class RuleSet(Row):
    """Every number of a regulation, as JSON under rules-1.json; a signed-off version never changes."""

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=150)
    source = models.CharField(max_length=300, blank=True)  # the document it comes from, "" = stated defaults
    rules = models.JSONField()
    signed_off_by_uid = models.UUIDField(null=True)
    signed_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_rule_set_per_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
