"""Which columns the yearly report has: the platform's own form is not public, so each year can have its own."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.people.enums import Role, StatisticSheet
from backend.people.models.known import known


class StatisticColumnQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> StatisticColumnQuerySet:
        """For system officers and the secretariats that report."""
        return self if actor.role in (Role.SYS_ADMIN, Role.GROUP_SECRETARY, "system") else self.none()


class StatisticColumn(Row):
    """One column of a year's list: where it stands, how it is headed, and which known fact fills it."""

    year = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    source = models.CharField(max_length=40)  # a key of `selectors.statistics.SOURCES`

    objects = StatisticColumnQuerySet.as_manager()

    class Meta:
        ordering = ["year", "sheet", "position"]
        constraints = [
            known("sheet", StatisticSheet, "statistic_sheet_known"),
            models.UniqueConstraint(fields=["year", "sheet", "position"], name="one_statistic_column_per_place"),
            models.UniqueConstraint(fields=["year", "sheet", "source"], name="one_statistic_column_per_source"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.sheet} {self.position}"
