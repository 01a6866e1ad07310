"""Entries and their members, and the staged imports they may come from."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Job, Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation, Person
from competitions.contests.models import Event

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
    },
)
IMPORT = Lifecycle(
    "import",
    {
        ("staged", "check"): "checked",
        ("staged", "refuse"): "refused",
        ("checked", "stage"): "staged",
        ("checked", "confirm"): "confirmed",
        ("checked", "discard"): "discarded",
        ("staged", "discard"): "discarded",
    },
)


class EntryQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EntryQuerySet:
        """Organisers and group secretaries of the event, the entering school, and its own members."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(school__uid=actor.scope_key(ScopeKind.ORGANISATION))
        if actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.filter(event__in=_organised(actor))
        if actor.role == Role.CONTESTANT and actor.person_id:
            return self.filter(members__person_id=actor.person_id, members__ended_at=None).distinct()
        return self.none()


def _organised(actor: Any) -> Any:
    """Events that the actor organises (scope event) or whose leading or co-group it is (scope group)."""
    from competitions.contests.selectors import organised_events

    return organised_events(actor)


class Entry(Row):
    """A team's (or single contestant's) registration of one school for one event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entries")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    team_number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, default="draft")
    tech_platform = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            ENTRY.check(),
            models.UniqueConstraint(
                fields=["event", "school", "team_number"],
                condition=~models.Q(state="withdrawn"),
                name="one_team_per_number",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("entry", str(self.uid))


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


class EntryImportQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EntryImportQuerySet:
        """An organiser's imports are seen by the event's organisers, a school's by its coordinators."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(school__uid=actor.scope_key(ScopeKind.ORGANISATION))
        if actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.filter(event__in=_organised(actor))
        return self.none()


class EntryImport(Row, SealedRow):
    """A registration workbook between its upload and its confirmation; the file is kept encrypted by its SHA-256.

    school: whose list it is, None for the organisers' collected workbook. taken_names: written school names that a
    person has decided to mean an organisation (its uid).
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="imports")
    school = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    file_name_sealed = models.TextField(blank=True)
    sheet_name_sealed = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="staged")
    taken_names = models.JSONField(default=dict)
    headers = models.JSONField(default=dict)  # column key: [letter, title]
    refusal = models.JSONField(default=dict)  # {"code", "message"} when the file as a whole was refused
    rows_read = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    rows_fixed = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by_uid = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects = EntryImportQuerySet.as_manager()

    class Meta:
        constraints = [
            IMPORT.check(),
            models.UniqueConstraint(
                fields=["event", "sha256"],
                condition=models.Q(state__in=["staged", "checked"], school=None),
                name="one_staged_import_per_file",
            ),
            models.UniqueConstraint(
                fields=["event", "school", "sha256"],
                condition=models.Q(state__in=["staged", "checked"]),
                name="one_staged_import_per_file_of_school",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("import", str(self.uid))

    @property
    def rows_ok(self) -> int:
        return self.rows_read - self.rows_refused


class ImportRow(Row, SealedRow):
    """One row of a checked workbook. payload: the draft and what the grid shows, encrypted.

    kind: `new`, `known` (nothing differs from what stands) or `change`; changes: keys of the fields that differ.
    """

    entry_import = models.ForeignKey(EntryImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    ok = models.BooleanField(default=True)
    kind = models.CharField(max_length=10, default="new")
    payload_sealed = models.TextField()
    problems = models.JSONField(default=list)  # [{"cell", "code", "message", "proposal"}]
    fixes = models.JSONField(default=list)  # [{"cell", "code"}]
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry_import", "number"], name="one_import_row_per_number")]

    def __str__(self) -> str:
        return f"row {self.number}"
