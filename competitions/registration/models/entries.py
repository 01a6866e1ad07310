"""Entries and their members, as a school writes them."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation, Person, same_person
from competitions.contests.models import Event

FIXED = ("submitted", "approved", "confirmed", "rejected")  # the school changes nothing directly any more
ENTRY = Lifecycle(
    "entry",
    {
        ("draft", "submit"): "submitted",
        ("incomplete", "complete"): "draft",
        ("draft", "lose_member"): "incomplete",
        ("submitted", "reopen"): "draft",
        ("submitted", "withdraw"): "withdrawn",
        ("draft", "withdraw"): "withdrawn",
        ("incomplete", "withdraw"): "withdrawn",
        ("submitted", "approve"): "approved",
        ("submitted", "return"): "returned",
        ("submitted", "reject"): "rejected",
        ("returned", "submit"): "submitted",
        ("returned", "withdraw"): "withdrawn",
        ("approved", "confirm"): "confirmed",
        ("approved", "review_again"): "submitted",
        ("confirmed", "review_again"): "submitted",
        ("approved", "withdraw"): "withdrawn",
        ("confirmed", "withdraw"): "withdrawn",
    },
)


class EntryQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EntryQuerySet:
        """The event's organisers and secretaries, the entering school, its bureau once submitted, its own members."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(school__uid=actor.scope_key(ScopeKind.ORGANISATION))
        if actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.filter(event__in=organised_by(actor))
        if actor.role == Role.BUREAU_REVIEWER:
            bureau = actor.scope_key(ScopeKind.ORGANISATION)
            return self.filter(school__overseen_by__uid=bureau, submitted_at__isnull=False)
        if actor.role == Role.CONTESTANT and actor.person_id:
            mine = same_person("members__person", actor.person_id)
            return self.filter(mine, members__ended_at=None).distinct()
        return self.none()


def organised_by(actor: Any) -> Any:
    """Events that the actor organises (scope event) or whose leading or co-group it is (scope group)."""
    from competitions.contests.selectors import organised_events

    return organised_events(actor)


class Entry(Row):
    """A team's (or single contestant's) registration of one school for one event.

    topic, topic_class: what a work is about (course, 专业类), where a rule forbids repeats. promoted_from: the entry of
    the stage before that this one comes from.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entries")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    team_number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, default="draft")
    tech_platform = models.CharField(max_length=60, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    topic_class = models.CharField(max_length=60, blank=True)
    promoted_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="promoted")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    review_step = models.PositiveSmallIntegerField(default=0)  # which step of the plan a submitted entry waits for
    confirmed_at = models.DateTimeField(null=True)
    confirmed_on_paper = models.BooleanField(default=False)  # the leader signed a print, the school recorded it

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            ENTRY.check(),
            models.UniqueConstraint(
                fields=["event", "school", "team_number"],
                condition=~models.Q(state="withdrawn"),
                name="one_team_per_number",
            ),
            models.UniqueConstraint(
                fields=["event", "promoted_from"],
                condition=~models.Q(promoted_from=None),
                name="one_promotion_per_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("entry", str(self.uid))


class MemberQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> MemberQuerySet:
        """The members of entries that the actor may see; a contestant only meets themselves."""
        found = self.filter(entry__in=Entry.objects.visible_to(actor))
        return found.filter(person_id=actor.person_id) if actor.role == Role.CONTESTANT else found


class Member(Row, SealedRow):
    """A person in an entry, as the school wrote them for it (name, phone, study number, grade)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="members")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")  # for the constraint below
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=20)  # contestant | instructor | leader
    position = models.PositiveSmallIntegerField(default=1)
    name_sealed = models.TextField()
    sex = models.CharField(max_length=1, blank=True)
    phone_sealed = models.TextField(blank=True)
    study_number_sealed = models.TextField(blank=True)
    major_code = models.CharField(max_length=10, blank=True)
    major_name = models.CharField(max_length=60, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["contestant", "instructor", "leader"]), name="member_role_known"
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=models.Q(role="contestant", ended_at=None),
                name="one_entry_per_contestant",
            ),
            models.UniqueConstraint(
                fields=["entry", "person", "role"],
                condition=models.Q(ended_at=None),
                name="one_membership_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("member", str(self.uid))
