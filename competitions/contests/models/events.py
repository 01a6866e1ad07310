"""Events, and the rounds they are held in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group
from competitions.contests.models.families import Edition, Track
from competitions.contests.models.rules import RuleSet
from competitions.contests.rulebook.copying import held_in

EVENT = Lifecycle(
    "event",
    {
        ("draft", "open_registration"): "registering",
        ("registering", "close_registration"): "registered",
        ("registered", "open_registration"): "registering",
        ("registering", "cancel"): "cancelled",
        ("registered", "cancel"): "cancelled",
        ("registered", "draw"): "drawn",
        ("drawn", "start_scoring"): "scoring",
        ("scoring", "tally"): "tallied",
        ("tallied", "reopen_scoring"): "scoring",
        ("tallied", "sign"): "signed",
        ("signed", "tally_again"): "tallied",
        ("signed", "publish"): "published",
        ("published", "correct"): "published",
    },
)


EDITABLE = ("draft", "registering", "registered")  # its own data; once it is open only deadline, venue and next stage
MOVABLE = (*EDITABLE, "drawn")  # to other days
RULES_FIXED_FROM = ("scoring", "tallied", "signed", "published", "cancelled")


class EventQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EventQuerySet:
        """Events past the draft are public; a draft is seen by its group and its organisers."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        public = ~Q(state="draft")
        if actor.scope is None:
            return self.filter(public)
        if actor.scope.kind == ScopeKind.GROUP:
            return self.filter(
                public | Q(leading_group__code=actor.scope.key) | Q(co_groups__code=actor.scope.key)
            ).distinct()
        if actor.scope.kind == ScopeKind.EVENT:
            return self.filter(public | Q(code=actor.scope.key))
        return self.filter(public)


class Event(Row):
    """One event (赛项) with its own rules, led by one group.

    level and stage: where it stands in the contest's chain; promotes_to: the event of the next stage, whose entries
    come from this one's published result. cadence: in which years it is held. dates: its own, where its host set them.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=40, unique=True)  # public, such as GZ-2026-046
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    division = models.CharField(max_length=30, default="HIGHER_STUDENT")
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    level = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    promotes_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="feeders")
    cadence = models.CharField(max_length=10, default="yearly")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    leading_group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="events")
    co_groups = models.ManyToManyField(Group, related_name="co_events", blank=True)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=20, default="draft")
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    tech_platforms = models.JSONField(default=list, blank=True)  # names a team chooses one of
    venue_name = models.CharField(max_length=100, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            EVENT.check(),
            models.CheckConstraint(condition=Q(cadence__in=["yearly", "odd", "even"]), name="event_cadence_known"),
            models.CheckConstraint(
                condition=Q(promotes_to=None) | ~Q(promotes_to=models.F("id")), name="event_promotes_to_another"
            ),
            models.UniqueConstraint(
                fields=["edition", "copied_from"], condition=~Q(copied_from=None), name="event_copied_once_an_edition"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="event_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def off_year(self) -> bool:
        """Whether its edition is named after a year in which it does not come (it may be held in the next one)."""
        return not held_in(self.cadence, self.edition.year)

    @property
    def editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def movable(self) -> bool:
        return self.state in MOVABLE

    @property
    def rules_open(self) -> bool:
        """Whether its rules can still be adopted anew."""
        return self.state not in RULES_FIXED_FROM

    @property
    def held_on(self) -> tuple[date | None, date | None]:
        """First and last day: the event's own, else its edition's."""
        if self.starts_on or self.ends_on:
            return self.starts_on, self.ends_on
        return self.edition.starts_on, self.edition.ends_on

    @property
    def ref(self) -> Ref:
        return Ref("event", self.code, self.name)


class Round(Row):
    """A stage of an event; sessions, draws, sheets, tallies and publications belong to it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=40, default="决赛")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_round_per_number")]

    def __str__(self) -> str:
        return f"{self.event_id} round {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("round", str(self.uid), self.name)
