"""Check-in (检录): who was let in, by which desk, and where two desks let the same person in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.vault import SealedRow
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.registration.models import EntryCard, Member
from competitions.venues.enums import Method, Paper, Verdict
from competitions.venues.models.places import Session

VERDICTS = tuple(str(verdict) for verdict in Verdict)
ADMISSIONS = ("admitted", "late_admitted")
LATE_MINUTES = 15  # a default of this system, no regulation: see docs/regulations.md


def all_papers() -> list[str]:
    return [str(paper) for paper in Paper]


class CheckInPlan(Row):
    """How an event checks in. papers: what is asked for; late_minutes after a session began nobody enters without a
    reason. Every batch of scans locks this row, so that two desks never judge the same person side by side."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="checkin_plan")
    papers = models.JSONField(default=all_papers)
    late_minutes = models.PositiveSmallIntegerField(default=LATE_MINUTES)

    def __str__(self) -> str:
        return f"check-in of {self.event_id}"


class CheckInQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CheckInQuerySet:
        """The event's organisers, and its check-in desks."""
        if actor.role == Role.CHECKIN_OFFICER:
            return self.filter(event__code=actor.scope_key(ScopeKind.EVENT))
        return self.filter(event__in=organised_events(actor))


class CheckIn(Row, SealedRow):
    """One verdict at the door; rows are only added.

    reasons, papers: words of `enums`, comma between. scanned_at: by the server's clock, from the desk's own and its
    skew (skew_seconds, desk ahead: negative). conflicts_with: the admission that stood when this one came in.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="check_ins")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="check_ins")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="check_ins")
    card = models.ForeignKey(EntryCard, null=True, on_delete=models.PROTECT, related_name="check_ins")
    method = models.CharField(max_length=10)
    verdict = models.CharField(max_length=20)
    reasons = models.CharField(max_length=200, blank=True)
    papers = models.CharField(max_length=80, blank=True)
    note_sealed = models.TextField(blank=True)
    desk = models.CharField(max_length=60, blank=True)
    client_id = models.UUIDField(unique=True)
    scanned_at = models.DateTimeField()
    skew_seconds = models.IntegerField(default=0)
    received_at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    conflicts_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="conflicts")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="checkin_verdict_known"),
            models.CheckConstraint(condition=Q(method__in=[str(m) for m in Method]), name="checkin_method_known"),
            models.CheckConstraint(
                condition=Q(verdict__in=ADMISSIONS) | ~Q(reasons=""), name="checkin_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="late_admitted") | ~Q(note_sealed=""), name="checkin_late_says_why"
            ),
            models.CheckConstraint(
                condition=Q(verdict="refused") | Q(member__isnull=False), name="checkin_admits_somebody"
            ),
            models.UniqueConstraint(
                fields=["session", "member"],
                condition=Q(verdict__in=ADMISSIONS, conflicts_with=None),
                name="one_undisputed_admission_per_session",
            ),
            models.UniqueConstraint(
                fields=["event", "member"],
                condition=Q(verdict__in=ADMISSIONS, conflicts_with=None, session=None),
                name="one_undisputed_admission_per_event",
            ),
        ]

    def __str__(self) -> str:
        return f"check-in {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("check_in", str(self.uid))

    @property
    def admitted(self) -> bool:
        return self.verdict in ADMISSIONS


class ConflictRulingQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ConflictRulingQuerySet:
        """Seen by whoever sees the check-in."""
        return self.filter(check_in__in=CheckIn.objects.visible_to(actor))


class ConflictRuling(Row, SealedRow):
    """An organiser looked into a person who was let in twice; said once, kept for good."""

    check_in = models.OneToOneField(CheckIn, on_delete=models.PROTECT, related_name="ruling")
    reason_sealed = models.TextField()
    by_uid = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = ConflictRulingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason_sealed=""), name="conflict_ruling_says_why")]

    def __str__(self) -> str:
        return f"ruling {self.uid}"
