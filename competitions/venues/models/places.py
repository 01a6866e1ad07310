"""Where it happens: venues, stations and sessions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.core.models import Row
from competitions.contests.models import Event, Round


class Venue(Row):
    """A hall of an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="one_venue_per_name")]

    def __str__(self) -> str:
        return self.name


class Station(Row):
    """A work place (赛位); its code is the last layer of the draw where the rules have two layers.

    platform: the technical platform it is equipped for, "" = for any. spare: kept for a machine that fails.
    """

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="stations")
    code = models.CharField(max_length=10)
    spare = models.BooleanField(default=False)
    platform = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venue", "code"], name="one_station_per_code")]

    def __str__(self) -> str:
        return self.code


class Session(Row):
    """A time slot of a round in a venue."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sessions")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="sessions")
    name = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start")]

    def __str__(self) -> str:
        return self.name
