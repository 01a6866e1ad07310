"""What is contested: contest, edition, event, round; and the rules as versioned data."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group

EVENT = Lifecycle(
    "event",
    {
        ("draft", "open_registration"): "registering",
        ("registering", "close_registration"): "registered",
        ("registered", "open_registration"): "registering",
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


class Contest(Row):
    """A competition family, such as 河南省高等职业教育技能大赛."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20, default="PROVINCE")

    def __str__(self) -> str:
        return self.name


class Edition(Row):
    """A contest's yearly edition; the edition year and the dates may differ."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "year"], name="one_edition_a_year")]

    def __str__(self) -> str:
        return self.name


class RuleSet(Row):
    """Every number of a regulation, as JSON under rules.schema.json; a signed-off version never changes."""

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
    """One event (赛项) with its own rules, led by one group."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=40, unique=True)  # public, such as GZ-2026-046
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    division = models.CharField(max_length=30, default="HIGHER_STUDENT")
    leading_group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="events")
    co_groups = models.ManyToManyField(Group, related_name="co_events", blank=True)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=20, default="draft")
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    tech_platforms = models.JSONField(default=list, blank=True)  # names a team chooses one of
    venue_name = models.CharField(max_length=100, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [EVENT.check()]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

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
