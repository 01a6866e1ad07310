"""Registration workbooks between their upload and their confirmation."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Job, Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration.models.entries import organised_by

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


class EntryImportQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> EntryImportQuerySet:
        """An organiser's imports are seen by the event's organisers, a school's by its coordinators."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role == Role.SCHOOL_COORDINATOR:
            return self.filter(school__uid=actor.scope_key(ScopeKind.ORGANISATION))
        if actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.filter(event__in=organised_by(actor))
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

    school, person_index: in what groups and order good rows are taken; the index only of a person who is new.
    kind: `new`, `known` (nothing differs from what stands) or `change`; changes: keys of the fields that differ.
    """

    entry_import = models.ForeignKey(EntryImport, on_delete=models.CASCADE, related_name="rows")
    school = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person_index = models.CharField(max_length=64, blank=True)
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
