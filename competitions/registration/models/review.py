"""What happens to a submitted entry: who reviews it, what was handed in each time, what was said about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from competitions.contests.models import Contest, Event
from competitions.registration.models.entries import Entry, Member, organised_by

_ANSWERED = {("asked", "approve"): "approved", ("asked", "refuse"): "refused", ("asked", "take_back"): "taken_back"}
SUBSTITUTION = Lifecycle("substitution", _ANSWERED)
WITHDRAWAL = Lifecycle("withdrawal", _ANSWERED)
OBJECTION = Lifecycle("entry_objection", {("open", "uphold"): "upheld", ("open", "dismiss"): "dismissed"})


class ReviewPlan(Row):
    """Who reviews the entries of an event, one step after the other; a contest's plan stands where an event has none.

    steps: kinds of reviewers in order (see enums.REVIEWERS), empty: what is submitted counts. reviewed_fields: a change
    of one of these after approval is reviewed again. changes_decided_by: whether the last reviewer decides alone about
    replacements and withdrawals, or each in turn (see enums.DECIDED_BY). A moment left empty means: until the draw.
    """

    contest = models.OneToOneField(Contest, null=True, on_delete=models.PROTECT, related_name="review_plan")
    event = models.OneToOneField(Event, null=True, on_delete=models.PROTECT, related_name="review_plan")
    steps = models.JSONField(default=list)
    reviewed_fields = models.JSONField(default=list)
    return_reasons = models.JSONField(default=list)  # sentences to pick from; empty: enums.RETURN_REASONS
    papers = models.JSONField(default=list)  # kinds of documents asked of every contestant (see enums.PAPERS)
    corrections_close_at = models.DateTimeField(null=True, blank=True)
    substitution_closes_at = models.DateTimeField(null=True, blank=True)
    withdrawal_closes_at = models.DateTimeField(null=True, blank=True)
    changes_decided_by = models.CharField(max_length=10, default="last")
    roster_confirmed = models.BooleanField(default=False)  # a team's leader confirms who takes part

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contest=None, event__isnull=False) | Q(contest__isnull=False, event=None),
                name="plan_of_a_contest_or_an_event",
            ),
            models.CheckConstraint(condition=Q(changes_decided_by__in=["last", "all"]), name="plan_decider_known"),
        ]

    def __str__(self) -> str:
        return f"review plan {self.uid}"


class Submission(Row, SealedRow):
    """What a school handed in, each time it did; content: the roster as it then stood, encrypted JSON."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content_sealed = models.TextField()
    submitted_at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_submission_per_number")]

    def __str__(self) -> str:
        return f"submission {self.number}"


class Review(Row, SealedRow):
    """One reviewer's verdict on one submission at one step."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    step = models.PositiveSmallIntegerField()
    reviewer = models.CharField(max_length=20)  # the kind of that step
    verdict = models.CharField(max_length=10)
    reason_sealed = models.TextField(blank=True)
    by_uid = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["approve", "return", "reject"]), name="review_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict="approve") | ~Q(reason_sealed=""), name="review_says_why_it_is_not_approved"
            ),
            models.UniqueConstraint(fields=["submission", "step"], name="one_review_per_step"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} at step {self.step}"


class Remark(Row, SealedRow):
    """What a reviewer said about one field; member_uid empty: about the team."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    member_uid = models.UUIDField(null=True)
    field = models.CharField(max_length=30)
    text_sealed = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "member_uid", "field"], name="one_remark_per_field")]

    def __str__(self) -> str:
        return self.field


class _EntryRowQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> _EntryRowQuerySet:
        """Seen by whoever sees the entry."""
        return self.filter(entry__in=Entry.objects.visible_to(actor))


class _Request(Row, SealedRow):
    """What a school asks the event's reviewers for after approval."""

    lifecycle: ClassVar[Lifecycle]

    reason_sealed = models.TextField()
    state = models.CharField(max_length=20, default="asked")
    review_step = models.PositiveSmallIntegerField(default=0)  # the step of the plan that decides now
    asked_at = models.DateTimeField()
    asked_by_uid = models.UUIDField(null=True)
    answer_sealed = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_uid = models.UUIDField(null=True)

    objects = _EntryRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.lifecycle.name} {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref(self.lifecycle.name, str(self.uid))


class Substitution(_Request):
    """A school asks to replace a member after approval. arriving: the new member's draft as JSON, encrypted."""

    lifecycle = SUBSTITUTION
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="substitutions")
    leaving = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="substitutions")
    arriving_sealed = models.TextField()

    class Meta(_Request.Meta):
        constraints = [
            SUBSTITUTION.check(),
            models.UniqueConstraint(
                fields=["leaving"], condition=Q(state="asked"), name="one_open_substitution_per_member"
            ),
        ]


class Withdrawal(_Request):
    """Why an entry leaves its event: asked for and decided, or done by whoever may do it without asking."""

    lifecycle = WITHDRAWAL
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="withdrawals")

    class Meta(_Request.Meta):
        constraints = [
            WITHDRAWAL.check(),
            models.UniqueConstraint(fields=["entry"], condition=Q(state="asked"), name="one_open_withdrawal_per_entry"),
        ]


class EntryObjectionQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EntryObjectionQuerySet:
        """The register is for the event's organisers: it names who objected."""
        return self.filter(event__in=organised_by(actor))


class EntryObjection(Row, SealedRow):
    """Somebody objects to an entry or to how an event is registered; answered once, kept for good."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entry_objections")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="objections")
    objector_sealed = models.TextField()
    text_sealed = models.TextField()
    state = models.CharField(max_length=20, default="open")
    received_at = models.DateTimeField()
    recorded_by_uid = models.UUIDField(null=True)
    answer_sealed = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_uid = models.UUIDField(null=True)

    objects = EntryObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            OBJECTION.check(),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer_sealed=""), name="answered_objections_hold_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("entry_objection", str(self.uid))


class EntryCardQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EntryCardQuerySet:
        """Seen by whoever sees the entry."""
        return self.filter(member__entry__in=Entry.objects.visible_to(actor))


class EntryCard(Row):
    """A participation card (参赛证): its QR code holds nothing but this random token."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cards")
    token = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = EntryCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(ended_at=None), name="one_valid_card_per_member")
        ]

    def __str__(self) -> str:
        return f"card {self.uid}"
