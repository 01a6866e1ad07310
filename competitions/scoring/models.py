"""Marking schemes, sheets and append-only marks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.core.models import Row
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from competitions.contests.models import Round
from competitions.draw.models import Work
from competitions.judges.models import Seat

SCHEME = Lifecycle("scheme", {("draft", "lock"): "locked", ("draft", "replace"): "replaced"})
SHEET = Lifecycle(
    "sheet",
    {
        ("open", "submit"): "submitted",
        ("submitted", "score_again"): "open",  # a spread too wide, or a disputed measurement
        ("open", "pass_on"): "passed",  # its seat was closed: a successor's new sheet stands in its place
        ("submitted", "pass_on"): "passed",
        ("open", "void"): "voided",  # its seat was closed and nobody follows
        ("submitted", "void"): "voided",
    },
)
LIVE = ("open", "submitted")


class Scheme(Row):
    """One version of a round's marking scheme; locked before the first mark."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="schemes")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="draft")
    total = models.DecimalField(max_digits=8, decimal_places=2)
    nodes = models.JSONField()  # the `scheme` object of tabulation/1
    sections = models.JSONField(default=list)
    criteria = models.JSONField(default=list)  # [{"id": "A", "name": "…", "mark": "17.00"}]
    file_sha256 = models.CharField(max_length=64, blank=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            SCHEME.check(),
            models.UniqueConstraint(fields=["round", "version"], name="one_scheme_per_version"),
            models.UniqueConstraint(fields=["round"], condition=Q(state="locked"), name="one_locked_scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def ref(self) -> Ref:
        return Ref("scheme", str(self.uid), self.title)


class SubCriterion(Row):
    """One screen of the tablet."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="sub_criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    criterion = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    day = models.CharField(max_length=20, blank=True)
    max = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="one_sub_criterion_per_code")]

    def __str__(self) -> str:
        return self.code


class Aspect(Row):
    """The smallest marked item: `M` measurement (the panel's one value) or `J` judgement (each judge's level)."""

    sub_criterion = models.ForeignKey(SubCriterion, on_delete=models.PROTECT, related_name="aspects")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=1)
    name = models.CharField(max_length=400)
    extra = models.TextField(blank=True)
    requirement = models.TextField(blank=True)
    section = models.CharField(max_length=10, blank=True)
    max = models.DecimalField(max_digits=6, decimal_places=2)
    levels = models.JSONField(default=list)  # descriptions of 0..n for J

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sub_criterion", "code"], name="one_aspect_per_code"),
            models.CheckConstraint(condition=Q(kind__in=["M", "J"]), name="aspect_kind_known"),
            models.CheckConstraint(condition=Q(max__gt=0), name="aspect_max_positive"),
        ]

    def __str__(self) -> str:
        return self.code


class SheetQuerySet(models.QuerySet["Sheet"]):
    def live(self) -> SheetQuerySet:
        """Sheets that count: neither passed on to a successor nor voided."""
        return self.filter(state__in=LIVE)


class Sheet(Row):
    """One judge, one code, one sub-criterion. `attempt` rises when the panel is asked to score again.

    follows: the sheet of a closed seat that this one replaces; that one keeps its marks, which count no more.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="sheets")
    sub_criterion = models.ForeignKey(SubCriterion, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=10, default="open")
    attempt = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    closed_reason = models.CharField(max_length=200, blank=True)  # why it was passed on or voided

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            SHEET.check(),
            models.CheckConstraint(
                condition=Q(state__in=["open", "submitted"]) | ~Q(closed_reason=""), name="closed_sheet_has_reason"
            ),
            models.UniqueConstraint(fields=["work", "sub_criterion", "seat"], name="one_sheet_per_judge"),
        ]
        indexes = [models.Index(fields=["seat", "state"])]

    def __str__(self) -> str:
        return f"sheet {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("sheet", str(self.uid))


class Mark(models.Model):
    """One tap, append-only: a correction is a new row. Official is the newest row per (sheet, aspect, attempt).

    client_id: made by the tablet; sent twice it is the same mark. value: a level (J) or points (M), null = taken back.
    A measurement's mark belongs to its recorder's sheet; others answer with a Confirmation.
    """

    client_id = models.UUIDField(unique=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="marks")
    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="marks")
    attempt = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()  # within the sheet and aspect, from 1
    value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    tapped_at = models.DateTimeField(null=True)  # the tablet's clock, for display only
    taken_at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "aspect", "sequence"], name="one_mark_per_sequence"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"mark {self.client_id}"


class Confirmation(models.Model):
    """A judge's word on the recorder's measurement when submitting: confirmed or disputed with a reason."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="confirmations")
    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="+")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="confirmations")
    agrees = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "mark"], name="one_word_per_mark")]

    def __str__(self) -> str:
        return f"confirmation of {self.mark_id}"


class Rescore(models.Model):
    """The panel was asked to score an aspect again: from that attempt on only new marks count for it."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="rescores")
    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10)  # spread | dispute
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "aspect", "attempt"], name="asked_once_per_attempt"),
            models.CheckConstraint(condition=Q(reason__in=["spread", "dispute"]), name="rescore_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.aspect_id} again"


class WorkTotal(models.Model):
    """Stored totals of a work, renewed by the projector, so that a board never adds up an event's marks."""

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="totals", primary_key=True)
    total = models.CharField(max_length=60, null=True)  # as results/1 writes it; null = incomplete
    partial = models.DecimalField(max_digits=10, decimal_places=2, default=0)  # points so far, also when incomplete
    by_criterion = models.JSONField(default=dict)  # criterion -> value so far, as text
    sheets_done = models.PositiveIntegerField(default=0)
    sheets_all = models.PositiveIntegerField(default=0)
    unresolved = models.JSONField(default=list)  # aspect codes with a spread
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sheets_done__lte=F("sheets_all")), name="not_more_done_than_there_is")
        ]

    def __str__(self) -> str:
        return f"totals of {self.work_id}"
