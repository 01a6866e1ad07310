"""A holder's quota account, what was added to it with evidence, and what a school stated about a person."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.enums import Role
from backend.people.models import Organisation
from competitions.contests.models import Edition, Event
from competitions.registration.models.entries import Entry, Member, organised_by

SCOPES = ("school", "city", "group", "province")


class QuotaAccount(Row):
    """Who holds a quota of one event or of a whole edition: the row that parallel submissions queue for.

    scope and holder: school or city (an organisation's uid), group (its code), province ("*"); "-": those without a
    city or group. base_code: the class of the rules' bases that the holder belongs to.
    """

    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="quota_accounts")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="quota_accounts")
    scope = models.CharField(max_length=10)
    holder = models.CharField(max_length=40)
    label = models.CharField(max_length=100, blank=True)
    base_code = models.CharField(max_length=40, blank=True)
    base_evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(edition=None) & ~Q(event=None)) | (~Q(edition=None) & Q(event=None)),
                name="quota_of_event_or_edition",
            ),
            models.CheckConstraint(condition=Q(scope__in=SCOPES), name="quota_scope_known"),
            models.CheckConstraint(condition=Q(base_code="") | ~Q(base_evidence=""), name="quota_base_has_evidence"),
            models.UniqueConstraint(
                fields=["event", "scope", "holder"], condition=~Q(event=None), name="one_quota_account_of_event"
            ),
            models.UniqueConstraint(
                fields=["edition", "scope", "holder"], condition=~Q(edition=None), name="one_quota_account_of_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"quota {self.scope} {self.label}"

    @property
    def ref(self) -> Ref:
        return Ref("quota", str(self.uid), self.label)


class QuotaAdjustment(Row):
    """One approved change of an account. bound: the event it counts in; history: [[used, full], …], oldest first."""

    account = models.ForeignKey(QuotaAccount, on_delete=models.PROTECT, related_name="adjustments")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    delta = models.SmallIntegerField()
    bound = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300)
    history = models.JSONField(default=list)
    approved_by_uid = models.UUIDField(null=True)
    approved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["approved_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="quota_adjustment_has_evidence"),
            models.CheckConstraint(condition=~Q(delta=0), name="quota_adjustment_changes_something"),
            models.UniqueConstraint(
                fields=["account", "code"], condition=Q(ended_at=None), name="one_live_adjustment_per_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.delta:+d}"


class FactQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> FactQuerySet:
        """As the entry they belong to: its school and the event's organisers."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.filter(member__event__in=organised_by(actor))
        return self.filter(member__entry__in=Entry.objects.visible_to(actor))


class Fact(Row):
    """What a school states about a member, as a rule of eligibility asks it; a change is a new row.

    value: true, false or a whole number. evidence: the document that proves it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="facts")
    key = models.CharField(max_length=90)
    value = models.JSONField()
    evidence = models.CharField(max_length=200, blank=True)
    stated_by_uid = models.UUIDField(null=True)
    stated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], condition=Q(ended_at=None), name="one_live_fact_per_key")
        ]

    def __str__(self) -> str:
        return self.key


def holder_of(scope: str, school: Organisation, event: Event, groups: dict[int, list[str]]) -> tuple[str, str]:
    """Who holds the school's quota in that scope: (key, label); "-" for schools without a city or group.

    groups: codes of each school's live groups by its key. Of several groups the one that leads the event counts, then
    a co-group, then the lowest code.
    """
    if scope == "school":
        return str(school.uid), school.name
    if scope == "city":
        bureau = school.overseen_by
        return (str(bureau.uid), bureau.name) if bureau else ("-", "")
    if scope == "group":
        mine = sorted(groups.get(school.pk, []), key=lambda code: (code != event.leading_group.code, code))
        return (mine[0], mine[0]) if mine else ("-", "")
    return "*", ""
