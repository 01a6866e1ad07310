"""What happened to an edition or event on the way: postponements, and too few entries."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backend.core.models import Row
from competitions.contests.models.events import Event
from competitions.contests.models.families import Edition

HOLDING_VERDICTS = ("hold", "cancel", "merge")


class Postponement(Row):
    """New dates for a whole edition or for one event; registrations stay as they are."""

    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="postponements")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="postponements")
    before = models.JSONField()  # {"starts_on", "ends_on", "closes_at"} as written dates, missing: was not set
    after = models.JSONField()
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(edition=None) & ~Q(event=None)) | (~Q(edition=None) & Q(event=None)),
                name="postponement_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="postponement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"postponement {self.uid}"


class HoldingCheck(Row):
    """An event with fewer entries at its deadline than its rules ask for, and what its organisers decided."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="holding_checks")
    found = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)  # schools | teams
    source = models.CharField(max_length=300, blank=True)
    flagged_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True)
    into = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_uid = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(verdict=""), name="one_open_holding_check"),
            models.CheckConstraint(condition=Q(verdict__in=["", *HOLDING_VERDICTS]), name="holding_verdict_known"),
            models.CheckConstraint(condition=Q(verdict="") | ~Q(reason=""), name="holding_verdict_has_a_reason"),
            models.CheckConstraint(
                condition=(Q(verdict="merge") & ~Q(into=None)) | (~Q(verdict="merge") & Q(into=None)),
                name="merging_names_its_event",
            ),
            models.CheckConstraint(condition=Q(found__lt=models.F("needed")), name="holding_check_was_needed"),
        ]

    def __str__(self) -> str:
        return f"holding check of {self.event_id}"
