"""Marks: append-only, one verdict each, the same answer for the same tap sent twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.tabulation import Status
from competitions.scoring.models import Aspect, Mark, Sheet
from competitions.scoring.permissions import may_mark
from realtime.notices import touch


@dataclass(frozen=True, slots=True)
class MarkItem:
    """One tap as the tablet sends it. value: a level or points, None takes the mark back."""

    client_id: UUID
    sheet: UUID
    aspect: UUID
    value: Decimal | None
    tapped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one tap: `taken`, `known` (sent before) or `refused` with a code and the reason."""

    client_id: UUID
    verdict: str
    code: str = ""
    message: str = ""


def record_marks(*, actor: Actor, items: Sequence[MarkItem], device: str = "") -> list[Verdict]:
    """Take a batch of taps of one judge: one verdict per tap, in order; a refused tap never holds up the others."""
    try:
        return _take(actor, items, device)
    except IntegrityError:  # one of the ids came for another sheet at the same moment: it stands by now, look again
        return _take(actor, items, device)


@transaction.atomic
def _take(actor: Actor, items: Sequence[MarkItem], device: str) -> list[Verdict]:
    wanted = sorted({item.sheet for item in items})
    locked = Sheet.objects.select_for_update(of=("self",)).filter(uid__in=wanted).order_by("pk")
    sheets = {s.uid: s for s in locked.select_related("seat", "work__round__event", "sub_criterion__scheme")}
    aspects = {a.uid: a for a in Aspect.objects.filter(uid__in={item.aspect for item in items})}
    known = _known(items)
    sequences = _sequences(sheets.values())
    verdicts, marks, now = [], [], clock.now()
    for item in items:
        sheet, aspect = sheets.get(item.sheet), aspects.get(item.aspect)
        code = _objection(actor, item, sheet, aspect, known)
        if code == "known":
            verdicts.append(Verdict(item.client_id, "known"))
            continue
        if code or sheet is None or aspect is None:
            verdicts.append(Verdict(item.client_id, "refused", code, _reason(code, aspect)))
            continue
        known[item.client_id] = (item.sheet, item.aspect)
        slot = (sheet.pk, aspect.pk)
        sequences[slot] = sequences.get(slot, 0) + 1
        marks.append(
            Mark(
                client_id=item.client_id,
                sheet=sheet,
                aspect=aspect,
                attempt=sheet.attempt,
                sequence=sequences[slot],
                value=item.value,
                tapped_at=item.tapped_at,
                taken_at=now,
                device=device[:60],
            )
        )
        verdicts.append(Verdict(item.client_id, "taken"))
    if marks:
        Mark.objects.bulk_create(sorted(marks, key=lambda mark: mark.client_id))  # two batches never wait crosswise
        _tell(actor, marks)
    return verdicts


def _known(items: Sequence[MarkItem]) -> dict[UUID, tuple[UUID, UUID]]:
    """Ids that were taken before, with the sheet and aspect that they stand for."""
    found = Mark.objects.filter(client_id__in=[item.client_id for item in items])
    return {id_: (sheet, aspect) for id_, sheet, aspect in found.values_list("client_id", "sheet__uid", "aspect__uid")}


def _sequences(sheets: Any) -> dict[tuple[int, int], int]:
    found = Mark.objects.filter(sheet__in=[s.pk for s in sheets]).values_list("sheet_id", "aspect_id")
    return {(sheet, aspect): last for sheet, aspect, last in found.annotate(last=Max("sequence"))}


def _objection(
    actor: Actor, item: MarkItem, sheet: Sheet | None, aspect: Aspect | None, known: dict[UUID, tuple[UUID, UUID]]
) -> str:
    """Why a tap is not taken, "" when it is; `known`: it was taken before, on that very sheet and aspect."""
    if sheet is None or not may_mark(actor, sheet):
        return "not_your_sheet"
    if item.client_id in known:
        return "known" if known[item.client_id] == (item.sheet, item.aspect) else "id_used"
    if aspect is None or aspect.sub_criterion_id != sheet.sub_criterion_id:
        return "unknown_aspect"
    if sheet.state != "open":
        return "sheet_submitted"
    if sheet.work.round.event.state != "scoring":
        return "not_scoring"
    if sheet.work.status != Status.COMPETED:
        return "work_not_scored"
    return _value_objection(item.value, sheet, aspect)


def _value_objection(value: Decimal | None, sheet: Sheet, aspect: Aspect) -> str:
    if aspect.kind == "M" and not sheet.seat.records:
        return "recorder_only"
    if value is None:
        return ""
    if value < 0 or value > _top(aspect):
        return "out_of_range"
    if aspect.kind == "J" and value != value.to_integral_value():
        return "not_a_level"
    return "" if value == round(value, 2) else "too_fine"


def _top(aspect: Aspect) -> Decimal:
    """The highest level of a judgement, the most points of a measurement."""
    return Decimal(len(aspect.levels) - 1) if aspect.kind == "J" else aspect.max


def _reason(code: str, aspect: Aspect | None) -> str:
    name = aspect.code if aspect else ""
    top = str(_top(aspect)) if aspect else ""
    return {
        "not_your_sheet": _("This sheet is not yours to score."),
        "id_used": _("This mark's id already stands for another mark. Reload the page and enter the mark again."),
        "unknown_aspect": _("This aspect is not on the sheet. Reload the page."),
        "sheet_submitted": _("%(aspect)s: the sheet is submitted; the mark was not taken.") % {"aspect": name},
        "not_scoring": _("Scoring is not open. The mark was not taken."),
        "work_not_scored": _("This work is not scored: it is absent, withdrawn, disqualified or zeroed."),
        "recorder_only": _("%(aspect)s is a measurement: only the recorder enters it.") % {"aspect": name},
        "out_of_range": _("%(aspect)s takes 0 to %(top)s.") % {"aspect": name, "top": top},
        "not_a_level": _("%(aspect)s takes whole levels.") % {"aspect": name},
        "too_fine": _("%(aspect)s takes at most two decimals.") % {"aspect": name},
    }[code]


def _tell(actor: Actor, marks: list[Mark]) -> None:
    first = marks[0].sheet
    event = first.work.round.event
    audit.record(
        actor=actor,
        action="marks.take",
        subject=first.seat.ref,
        event_code=event.code,
        count=len(marks),
        works=sorted({m.sheet.work.code for m in marks}),
    )
    for work in {m.sheet.work.uid for m in marks}:
        tell_boards(event.code, work)


def tell_boards(event_code: str, work: UUID) -> None:
    """Something of a work changed: its totals are renewed, then the pictures of jury, public and organiser follow."""
    touch(f"totals:{event_code}", part=str(work))
