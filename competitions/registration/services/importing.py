"""A registration workbook from its upload to its confirmation: staged, checked as a job, taken in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid
from backend.core.later import later
from backend.core.models import Job
from backend.core.permissions import require
from backend.people.selectors import match_organisations
from backend.spreadsheets.annotate import annotate
from backend.spreadsheets.columns import CellError, Fix
from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.grid import open_workbook
from competitions.contests.models import Event
from competitions.registration.errors import EnteredMeanwhile, EntriesRefused, FileKnown, ImportMoved
from competitions.registration.imports import SHOWN
from competitions.registration.models import IMPORT, EntryImport
from competitions.registration.permissions import may_import, may_settle
from competitions.registration.selectors import own_school
from competitions.registration.services import files
from competitions.registration.services.checked import CheckReport
from competitions.registration.services.checking import check_workbook, limits
from competitions.registration.services.opening import require_open
from competitions.registration.services.rows import keep_rows
from competitions.registration.services.taking import take_rows


@transaction.atomic
def stage_import(*, actor: Actor, event: Event, content: bytes, file_name: str = "") -> EntryImport:
    """Keep a workbook and have it checked as a job. A file that is only staged is shown again, not kept twice.

    Raises SheetRefused (no workbook, too big, a bomb), FileKnown (already confirmed for this event), NotAllowed,
    RegistrationClosed, DeadlineOver.
    """
    require(may_import(actor, event), _("Only schools and the organisers of this event import entries."))
    require_open(actor, event)
    open_workbook(content, limits())  # what is no workbook is refused at once
    school, digest = own_school(actor), files.digest_of(content)
    Event.objects.select_for_update().get(pk=event.pk)  # two uploads of one file end as one import
    same = EntryImport.objects.filter(event=event, school=school, sha256=digest)
    if same.filter(state="confirmed").exists():
        raise FileKnown
    staged: EntryImport | None = same.filter(state__in=("staged", "checked")).first()
    if staged is not None:
        return recheck_import(actor=actor, entry_import=staged)
    made = EntryImport(event=event, school=school, sha256=digest, created_by_uid=actor.user_uid)
    made.put("file_name", file_name[-120:])
    made.save()
    files.keep(made, content)
    record(actor=actor, action="import.stage", subject=made.ref, event_code=event.code, sha256=digest)
    _start_check(made)
    return made


@transaction.atomic
def recheck_import(*, actor: Actor, entry_import: EntryImport) -> EntryImport:
    """Check a staged workbook again, because entries or decisions have changed since."""
    locked = _locked(actor, entry_import)
    if locked.state == "checked":
        locked.state = IMPORT.after(locked.state, "stage")
        locked.save(update_fields=["state"])
        _start_check(locked)
    elif locked.state == "staged" and locked.job is not None and locked.job.state == "failed":
        _start_check(locked)
    return locked


@transaction.atomic
def take_name(*, actor: Actor, entry_import: EntryImport, row: UUID, name: str) -> EntryImport:
    """Decide that the school written in a row means the recorded one; every row with the same words follows."""
    locked = _locked(actor, entry_import)
    organisation = match_organisations([name]).get(name)
    wrong = locked.rows.filter(uid=row).first()
    if organisation is None or wrong is None:
        raise Invalid({"name": _("There is no such school.")})
    written = json.loads(wrong.reveal("payload"))["school"]
    locked.taken_names = {**locked.taken_names, written: str(organisation.uid)}
    locked.state = IMPORT.after(locked.state, "stage")
    locked.save(update_fields=["taken_names", "state"])
    record(
        actor=actor,
        action="import.take_name",
        subject=locked.ref,
        event_code=locked.event.code,
        school=str(organisation.uid),
    )
    _start_check(locked)
    return locked


def _start_check(entry_import: EntryImport) -> None:
    job = later("registration.check_import", entry_import=entry_import.uid)
    EntryImport.objects.filter(pk=entry_import.pk).update(job=job)
    entry_import.job = job


def check_import(*, actor: Actor = SYSTEM, entry_import: UUID | str) -> EntryImport | None:
    """Read and judge a staged workbook and keep its rows; None when it is staged no more (the task ran before)."""
    staged = EntryImport.objects.filter(uid=entry_import, state="staged").select_related("event__rule_set", "school")
    found: EntryImport | None = staged.first()
    if found is None:
        return None
    try:
        content = files.content_of(found)
        report = check_workbook(found.event, content, school=found.school, taken_names=found.taken_names)
    except SheetRefused as refusal:
        return _refuse(found, refusal)
    return _keep_rows(found, report)


@transaction.atomic
def _refuse(entry_import: EntryImport, refusal: SheetRefused) -> EntryImport:
    entry_import.state = IMPORT.after(entry_import.state, "refuse")
    entry_import.refusal = {"code": refusal.code, "message": str(refusal.message)}
    entry_import.save(update_fields=["state", "refusal"])
    files.drop(entry_import)
    record(
        actor=SYSTEM,
        action="import.refuse",
        subject=entry_import.ref,
        event_code=entry_import.event.code,
        code=refusal.code,
    )
    return entry_import


@transaction.atomic
def _keep_rows(entry_import: EntryImport, report: CheckReport) -> EntryImport:
    locked = EntryImport.objects.select_for_update(of=("self",)).select_related("event", "job").get(pk=entry_import.pk)
    if locked.state != "staged":
        return locked
    locked.rows.all().delete()
    total = report.counts["read"]
    keep_rows(locked, report.rows)
    if locked.job_id:
        Job.objects.filter(pk=locked.job_id).update(progress=total, progress_total=total)
    locked.state, locked.checked_at = IMPORT.after(locked.state, "check"), clock.now()
    locked.rows_read = total
    locked.rows_refused, locked.rows_fixed = report.counts["refused"], report.counts["fixed"]
    locked.rows_changed, locked.rows_known = report.counts["changed"], report.counts["known"]
    locked.headers = {key: report.letters[key] for key in SHOWN if key in report.letters}
    locked.put("sheet_name", report.sheet)
    locked.save()
    record(
        actor=SYSTEM,
        action="import.check",
        subject=locked.ref,
        event_code=locked.event.code,
        read=total,
        refused=locked.rows_refused,
    )
    return locked


@transaction.atomic
def confirm_import(*, actor: Actor, entry_import: EntryImport) -> EntryImport:
    """Take every good row, all in one transaction; the refused ones stay for the mended workbook.

    Raises ImportMoved when entries made since the check no longer let a row in: nothing is taken then.
    """
    locked = _locked(actor, entry_import)
    locked.state = IMPORT.after(locked.state, "confirm")
    try:
        teams = take_rows(actor=actor, entry_import=locked)
    except (EntriesRefused, EnteredMeanwhile) as refused:
        raise ImportMoved from refused
    locked.confirmed_at = clock.now()
    locked.save(update_fields=["state", "confirmed_at"])
    record(
        actor=actor,
        action="import.confirm",
        subject=locked.ref,
        event_code=locked.event.code,
        rows=locked.rows_ok,
        entries=teams,
    )
    return locked


@transaction.atomic
def discard_import(*, actor: Actor, entry_import: EntryImport) -> EntryImport:
    """Forget a workbook that was not confirmed: its rows and its file are deleted at once."""
    locked = _locked(actor, entry_import)
    locked.state = IMPORT.after(locked.state, "discard")
    locked.purged_at = clock.now()
    locked.save(update_fields=["state", "purged_at"])
    locked.rows.all().delete()
    record(actor=actor, action="import.discard", subject=locked.ref, event_code=locked.event.code)
    transaction.on_commit(lambda: files.drop(locked))
    return locked


def annotated_workbook(*, actor: Actor, entry_import: EntryImport) -> bytes:
    """The uploaded workbook with the same rows, its bad cells marked and explained."""
    require(may_settle(actor, entry_import), _("This list belongs to somebody else."))
    errors, fixes = [], []
    for row in entry_import.rows.all():
        errors += [CellError(p["cell"], p["code"], p["message"]) for p in row.problems]
        fixes += [Fix(f["cell"], f["code"]) for f in row.fixes]
    content = files.content_of(entry_import)
    record(actor=actor, action="import.download", subject=entry_import.ref, event_code=entry_import.event.code)
    return annotate(content, sheet=entry_import.reveal("sheet_name"), errors=errors, fixes=fixes, limits=limits())


def purge_imports(*, actor: Actor = SYSTEM) -> int:
    """Delete files and rows of imports confirmed IMPORT_KEEP_DAYS ago, and of lists nobody confirmed in that time."""
    before = clock.now() - timedelta(days=settings.IMPORT_KEEP_DAYS)
    due = EntryImport.objects.filter(purged_at=None).exclude(state="discarded")
    old: Sequence[EntryImport] = [i for i in due if (i.confirmed_at or i.created_at) < before]
    for entry_import in old:
        with transaction.atomic():
            if entry_import.state in ("staged", "checked"):
                entry_import.state = IMPORT.after(entry_import.state, "discard")
            entry_import.purged_at = clock.now()
            entry_import.save(update_fields=["state", "purged_at"])
            entry_import.rows.all().delete()
            record(actor=actor, action="import.purge", subject=entry_import.ref)
        files.drop(entry_import)
    return len(old)


def _locked(actor: Actor, entry_import: EntryImport) -> EntryImport:
    found: EntryImport = (
        EntryImport.objects.select_for_update(of=("self",))
        .select_related("event__rule_set", "school")
        .get(pk=entry_import.pk)
    )
    require(may_settle(actor, found), _("This list belongs to somebody else."))
    return found
