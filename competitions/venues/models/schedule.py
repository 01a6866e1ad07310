"""What happens when, for whom; what was published of it; and which team has which place."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from competitions.contests.models import Event, Round
from competitions.contests.selectors import organised_events
from competitions.registration.models import Entry
from competitions.venues.enums import ItemKind
from competitions.venues.models.places import Session, Station, Venue


class ScheduleItemQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ScheduleItemQuerySet:
        """The organisers of the event; everybody else reads what is published."""
        return self.filter(event__in=organised_events(actor))


class ScheduleItem(Row):
    """One line of an event's schedule, sessions aside, which stand for themselves. place: where there is no venue."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="schedule_items")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=80, blank=True)
    audience = models.JSONField(default=list)
    responsible = models.CharField(max_length=40, blank=True)  # a role, never a person

    objects = ScheduleItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="item_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in ItemKind]), name="item_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @property
    def ref(self) -> Ref:
        return Ref("schedule_item", str(self.uid), self.title)


class ProgrammeQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ProgrammeQuerySet:
        """Whoever may know the event."""
        return self.filter(event__in=Event.objects.visible_to(actor))


class Programme(Row):
    """A published version of an event's schedule: never changed, only followed by the next number."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="programmes")
    number = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    published_by_uid = models.UUIDField(null=True)
    published_at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_programme_per_number")]

    def __str__(self) -> str:
        return f"programme {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("programme", str(self.uid), str(self.number))


class BookingQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> BookingQuerySet:
        """Whoever may see the team."""
        return self.filter(entry__in=Entry.objects.visible_to(actor))


class Booking(Row):
    """A team's place in a session, with the equipment of its technical platform.

    held: the station whose equipment is counted for the team, so that a session is never over its capacity; at which
    station the team works is drawn later and has nothing to do with it.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bookings")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="bookings")
    held = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="bookings")
    platform = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="one_booking_per_team"),
            models.UniqueConstraint(fields=["session", "held"], name="one_team_per_held_station"),
        ]

    def __str__(self) -> str:
        return f"booking {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("booking", str(self.uid))
