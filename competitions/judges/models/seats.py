"""Panels and the seats in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from backend.core.models import Row
from backend.core.refs import Ref
from backend.people.models import Organisation
from competitions.contests.models import Round
from competitions.judges.models.pool import Judge


class Panel(Row):
    """The judges who score a round's works together."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="panels")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="one_panel_per_name")]

    def __str__(self) -> str:
        return self.name


class Seat(Row):
    """A judge's seat: what signs in, scores and is shown is the seat (裁判席 3), bound to one account.

    duty: `judge`, `chief` (裁判长) or `supervisor` (监督员); exactly one judge seat of a panel records measurements.
    succeeds: the closed seat whose open sheets this one took over while scoring.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    duty = models.CharField(max_length=12, default="judge")
    records = models.BooleanField(default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="seats")
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judge = models.ForeignKey(Judge, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    ended_at = models.DateTimeField(null=True)
    succeeds = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="successor")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(duty__in=["judge", "chief", "supervisor"]), name="seat_duty_known"
            ),
            models.UniqueConstraint(
                fields=["panel", "duty", "number"],
                condition=models.Q(ended_at=None),
                name="one_seat_per_number",
            ),
            models.UniqueConstraint(
                fields=["panel"],
                condition=models.Q(records=True, ended_at=None),
                name="one_recorder_per_panel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("seat", str(self.uid), f"{self.duty} {self.number}")
