"""Which marks count: the one definition that boards, tallies and tablets share."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from competitions.draw.models import Work
from competitions.scoring.models import Aspect, Mark, Rescore, Sheet

Slot = tuple[int, int]  # (sheet id, aspect id)


def official_marks(sheets: Iterable[Sheet], aspects: Iterable[Aspect] | None = None) -> dict[Slot, Mark]:
    """The newest mark per sheet and aspect; where the panel was asked to score again, only marks of that attempt on.

    A mark whose value is None was taken back: it counts as not scored.
    """
    sheets = list(sheets)
    since = asked_again({s.work_id for s in sheets})
    marks = Mark.objects.filter(sheet__in=[s.pk for s in sheets]).select_related("aspect").order_by("sequence")
    marks = marks.only("sheet_id", "attempt", "value", "aspect__code", "aspect__kind")
    if aspects is not None:
        marks = marks.filter(aspect__in=[a.pk for a in aspects])
    work_of = {s.pk: s.work_id for s in sheets}
    found: dict[Slot, Mark] = {}
    for mark in marks:
        if mark.attempt >= since.get((work_of[mark.sheet_id], mark.aspect_id), 1):
            found[mark.sheet_id, mark.aspect_id] = mark
    return found


def asked_again(works: Iterable[int]) -> dict[Slot, int]:
    """(work id, aspect id) -> the attempt from which marks count."""
    found = Rescore.objects.filter(work__in=list(works)).values_list("work_id", "aspect_id")
    return {(work, aspect): last for work, aspect, last in found.annotate(last=Max("attempt"))}


def sheets_of_works(works: Iterable[Work]) -> list[Sheet]:
    """Every sheet of these works that counts, with its seat's number, in judges' order."""
    found = Sheet.objects.live().filter(work__in=[w.pk for w in works]).select_related("seat")
    return list(found.only("work_id", "state", "seat__number").order_by("seat__number"))
