"""The provincial pool: who can judge, who named them, what they have served, and what they have declared."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import OrganisationKind, Role, ScopeKind
from backend.people.models import Organisation, Person, same_person
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.judges.enums import OWN_PROVINCE, Duty

JUDGE = Lifecycle(
    "judge",
    {
        ("proposed", "consent"): "available",
        ("proposed", "decline"): "declined",
        ("declined", "invite"): "proposed",
        ("available", "decline"): "declined",
        ("available", "suspend"): "suspended",
        ("suspended", "restore"): "available",
    },
)
NOMINATION = Lifecycle(
    "nomination",
    {
        ("nominated", "accept"): "accepted",
        ("nominated", "refuse"): "refused",
        ("nominated", "withdraw"): "withdrawn",
        ("accepted", "withdraw"): "withdrawn",
    },
)
OFFICERS = (Role.SYS_ADMIN, "system", Role.GROUP_SECRETARY, Role.ORGANISER)


class JudgeQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> JudgeQuerySet:
        """The pool is the province's: organisers and secretaries of every group; a school sees whom it named."""
        if actor.role in OFFICERS:
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(nominations__school__uid=actor.scope_key(ScopeKind.ORGANISATION)).distinct()
        return self.filter(same_person("person", actor.person_id))


class Judge(Row, SealedRow):
    """A person of the pool. unit: the employer as recorded, None while only its written name is known.

    skills: codes of 专业类 or 专业大类; duties: what the person is qualified for. invitation: the hash of the one link
    by which the person answers; nothing else opens that page.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="judge")
    name_sealed = models.TextField()
    phone_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="judges")
    unit_name = models.CharField(max_length=100)
    unit_key = models.CharField(max_length=100, db_index=True)
    unit_kind = models.CharField(max_length=20, default=OrganisationKind.SCHOOL)
    province = models.CharField(max_length=20, default=OWN_PROVINCE)
    title = models.CharField(max_length=40, blank=True)  # 职称
    skill_level = models.CharField(max_length=40, blank=True)  # 职业技能等级
    skills = models.JSONField(default=list)
    duties = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="proposed")
    invitation = models.CharField(max_length=64, blank=True)
    invited_until = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        constraints = [
            JUDGE.check(),
            models.CheckConstraint(
                condition=Q(unit_kind__in=[str(k) for k in OrganisationKind]), name="judge_unit_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="available") | Q(consented_at__isnull=False), name="judge_available_by_consent"
            ),
            models.UniqueConstraint(
                fields=["invitation"], condition=~Q(invitation=""), name="one_judge_per_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"judge {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("judge", str(self.uid))

    @property
    def firm(self) -> str:
        """Key of the employing enterprise, "" for everybody else."""
        return self.unit_key if self.unit_kind == OrganisationKind.ENTERPRISE else ""


class NominationQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> NominationQuerySet:
        """The naming school; the organisers of the event."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(school__uid=actor.scope_key(ScopeKind.ORGANISATION))
        return self.filter(event__in=organised_events(actor))


class Nomination(Row):
    """A school names a judge for an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="nominations")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="nominations")
    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="nominations")
    state = models.CharField(max_length=12, default="nominated")
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            NOMINATION.check(),
            models.UniqueConstraint(
                fields=["event", "judge"],
                condition=Q(state__in=["nominated", "accepted"]),
                name="one_live_nomination_per_judge",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="nomination_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"nomination {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("nomination", str(self.uid))


class OfPoolQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> OfPoolQuerySet:
        """Officers, and the person they are about."""
        if actor.role in OFFICERS:
            return self
        return self.filter(same_person("judge__person", actor.person_id))


class Service(Row):
    """What a judge has served. event: None for a contest that this system does not know."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="services")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    duty = models.CharField(max_length=12, default=Duty.JUDGE)

    objects = OfPoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judge", "title", "year", "duty"], name="one_service_a_year"),
            models.CheckConstraint(condition=Q(duty__in=[str(d) for d in Duty]), name="service_duty_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class Declaration(Row, SealedRow):
    """What a judge says: a tie to a school that takes part somewhere, or days on which the judge cannot come.

    school: None for absence; starts_on, ends_on: only for absence.
    """

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="declarations")
    school = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    text_sealed = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = OfPoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, starts_on=None, ends_on=None)
                | Q(school=None, starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="declaration_tie_or_absence",
            )
        ]

    def __str__(self) -> str:
        return f"declaration {self.uid}"


class ConductNoteQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> ConductNoteQuerySet:
        """Group secretaries and system officers; a chief judge the own notes: neither schools nor organisers."""
        if actor.role in (Role.SYS_ADMIN, "system", Role.GROUP_SECRETARY):
            return self
        if actor.role == Role.CHIEF_JUDGE and actor.user_uid is not None:
            return self.filter(written_by_uid=actor.user_uid, event__code=actor.scope_key(ScopeKind.EVENT))
        return self.none()


class ConductNote(Row, SealedRow):
    """How a judge served, in confidence."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="conduct_notes")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    text_sealed = models.TextField()
    written_by_uid = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConductNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"conduct note {self.uid}"
