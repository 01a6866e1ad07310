"""Submitting a sheet; the panel's levels meet when the last judge has submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from competitions.contests.selectors import rules_of
from competitions.scoring.errors import RecorderNotDone, ScoringClosed, SheetIncomplete
from competitions.scoring.models import SHEET, Aspect, Confirmation, Mark, Rescore, Sheet
from competitions.scoring.permissions import may_mark
from competitions.scoring.selectors.official import official_marks
from competitions.scoring.services.closing import close_sheets, successor_of
from competitions.scoring.services.marking import tell_boards


@dataclass(frozen=True, slots=True)
class Word:
    """A judge's word on the recorder's measurement."""

    agrees: bool
    reason: str = ""


@transaction.atomic
def submit_sheet(*, actor: Actor, sheet_uid: UUID, words: Mapping[UUID, Word]) -> Sheet:
    """Hand in a complete sheet; handing it in twice is once.

    words: by aspect uid, on each measurement, from every judge but the recorder.
    Raises SheetIncomplete naming the aspects, RecorderNotDone, ScoringClosed, NotAllowed, NotFound.
    """
    named = Sheet.objects.filter(uid=sheet_uid).first()
    if named is None:
        raise NotFound
    panel = list(
        Sheet.objects.live()
        .select_for_update(of=("self",))
        .filter(work=named.work_id, sub_criterion=named.sub_criterion_id)
        .select_related("seat", "work__round__event__rule_set", "sub_criterion")
        .order_by("pk")
    )
    sheet = next((s for s in panel if s.pk == named.pk), None)
    if sheet is None:
        raise NotFound
    require(may_mark(actor, sheet), _("This sheet is not yours to submit."))
    if sheet.state == "submitted":
        return sheet
    if sheet.work.round.event.state != "scoring":
        raise ScoringClosed
    aspects = list(sheet.sub_criterion.aspects.all())
    _check_complete(sheet, panel, aspects, words)
    sheet.state, sheet.submitted_at = SHEET.after(sheet.state, "submit"), clock.now()
    sheet.save(update_fields=["state", "submitted_at"])
    event = sheet.work.round.event
    audit.record(
        actor=actor,
        action="sheet.submit",
        subject=sheet.seat.ref,
        event_code=event.code,
        work=sheet.work.code,
        sub_criterion=sheet.sub_criterion.code,
        attempt=sheet.attempt,
    )
    meet_when_all_are_in(actor, panel, aspects)
    tell_boards(event.code, sheet.work.uid)
    sheet.refresh_from_db()
    return sheet


def _check_complete(sheet: Sheet, panel: list[Sheet], aspects: list[Aspect], words: Mapping[UUID, Word]) -> None:
    marks = official_marks(panel, aspects)
    recorder = next((s for s in panel if s.seat.records), sheet)
    measured = [a for a in aspects if a.kind == "M"]
    if measured and recorder.pk != sheet.pk and recorder.state != "submitted":
        raise RecorderNotDone
    problems: dict[str, Any] = {}
    for aspect in aspects:
        own = recorder if aspect.kind == "M" else sheet
        mark = marks.get((own.pk, aspect.pk))
        if mark is None or mark.value is None:
            problems[aspect.code] = _("not scored yet")
        elif aspect.kind == "M" and own.pk != sheet.pk and not _confirm(sheet, mark, words.get(aspect.uid)):
            problems[aspect.code] = _("confirm the measurement, or dispute it with a reason")
    if problems:
        raise SheetIncomplete(problems)


def _confirm(sheet: Sheet, mark: Mark, word: Word | None) -> bool:
    """Keep the judge's word on this very mark; False when there is none, or a dispute without a reason."""
    if Confirmation.objects.filter(sheet=sheet, mark=mark).exists():
        return True
    if word is None or (not word.agrees and not word.reason.strip()):
        return False
    Confirmation.objects.create(
        sheet=sheet,
        aspect=mark.aspect,
        mark=mark,
        agrees=word.agrees,
        reason=word.reason.strip()[:200],
        given_at=clock.now(),
    )
    return True


def _reopen(panel: list[Sheet], attempt: int) -> None:
    """Every judge scores again; in a closed seat's place its successor does, and where nobody follows, nobody."""
    for sheet in panel:
        if sheet.seat.ended_at is not None:
            reason = _("The seat was closed before the panel was asked to score again.")
            close_sheets([sheet], successor_of(sheet.seat), reason, attempt=attempt)
            continue
        sheet.state, sheet.attempt, sheet.submitted_at = SHEET.after(sheet.state, "score_again"), attempt, None
        sheet.save(update_fields=["state", "attempt", "submitted_at"])


def meet_when_all_are_in(actor: Actor, panel: list[Sheet], aspects: list[Aspect]) -> None:
    """Compare the levels once the last sheet of a work and sub-criterion is in. panel: its live sheets, locked."""
    if panel and all(s.state == "submitted" for s in panel):
        _meet(actor, panel, aspects)


def _meet(actor: Actor, panel: list[Sheet], aspects: list[Aspect]) -> None:
    """All have submitted: a spread too wide or a dispute sends the sub-criterion back to the whole panel."""
    work = panel[0].work
    marks = official_marks(panel, aspects)
    wide = rules_of(work.round.event).max_spread
    again: list[tuple[Aspect, str]] = []
    for aspect in aspects:
        if aspect.kind == "J":
            levels = [marks[s.pk, aspect.pk].value or 0 for s in panel]
            if max(levels) - min(levels) > wide:
                again.append((aspect, "spread"))
        else:
            mark = next(marks[s.pk, aspect.pk] for s in panel if s.seat.records)
            if Confirmation.objects.filter(mark=mark, agrees=False).exists():
                again.append((aspect, "dispute"))
    if not again:
        return
    attempt = panel[0].attempt + 1
    Rescore.objects.bulk_create(
        Rescore(work=work, aspect=a, attempt=attempt, reason=why, asked_at=clock.now()) for a, why in again
    )
    _reopen(panel, attempt)
    audit.record(
        actor=actor,
        action="panel.score_again",
        subject=work.ref,
        event_code=work.round.event.code,
        aspects={a.code: why for a, why in again},
        attempt=attempt,
    )
