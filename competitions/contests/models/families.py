"""Families of contests, their contests, yearly editions, and the tracks that an edition may be ordered by."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row
from backend.core.refs import Ref
from backend.people.models import Group
from competitions.contests.models.rules import RuleSet


class Family(models.Model):
    """A kind of contest with what is the same in all of its contests; loaded from data/families.json.

    level: at which its contests are held; chain: levels from the first to the last, such as ["SCHOOL", "CITY",
    "PROVINCE", "NATIONAL"]; divisions: who may take part; awards: whether prizes are given, or a ranking only.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20, default="PROVINCE")
    chain = models.JSONField(default=list)
    divisions = models.JSONField(default=list)
    awards = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class Contest(Row):
    """A contest that comes again every year or two, such as 河南省高等职业教育技能大赛."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20, default="PROVINCE")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="contests")

    def __str__(self) -> str:
        return self.name

    @property
    def gives_awards(self) -> bool:
        return self.family is None or self.family.awards


class Edition(Row):
    """A contest's yearly edition; the edition year and the dates may differ.

    rule_set: what holds over all events of the edition together (a school's whole quota, one event per person).
    set_up_by: the group whose organisers made it; they run it as long as it has no events.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    rule_set = models.ForeignKey(RuleSet, null=True, on_delete=models.PROTECT, related_name="editions")
    set_up_by = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="editions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "year"], name="one_edition_a_year"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="edition_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("edition", str(self.uid), self.name)

    @property
    def shifted(self) -> bool:
        """Whether it is held in another calendar year than the one it is named after."""
        return self.starts_on is not None and self.starts_on.year != self.year


class Track(Row):
    """赛道 (without parent) or 小组 (within a track) of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="tracks")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_track_per_code")]

    def __str__(self) -> str:
        return f"{self.parent.name} · {self.name}" if self.parent else self.name

    @property
    def ref(self) -> Any:
        return Ref("track", str(self.uid), self.name)
