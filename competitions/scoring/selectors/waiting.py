"""Who has not submitted what, and one sheet as those who watch over scoring may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from competitions.contests.models import Event, Round
from competitions.draw.models import Work
from competitions.judges.models import Seat
from competitions.scoring.models import Rescore, Scheme, Sheet
from competitions.scoring.selectors.official import official_marks


def seats_of(round: Round) -> QuerySet[Seat]:
    """The round's judges, each with how many of their sheets stand where.

    waiting: open, of works that compete; idle: open, of works that do not; handed_in: submitted; gone: passed on or
    voided. Closing a seat takes the waiting and the idle ones.
    """
    competed = Q(sheets__work__status="competed")
    counted = {
        "waiting": Count("sheets", filter=Q(sheets__state="open") & competed),
        "idle": Count("sheets", filter=Q(sheets__state="open") & ~competed),
        "handed_in": Count("sheets", filter=Q(sheets__state="submitted")),
        "gone": Count("sheets", filter=Q(sheets__state__in=("passed", "voided"))),
    }
    seats = Seat.objects.filter(panel__round=round, duty="judge").select_related("panel", "user")
    return seats.annotate(**counted).order_by("number")


def waiting_sheets(round: Round, *, seat: str = "", work: str = "") -> QuerySet[Sheet]:
    """Sheets of competing works that nobody has submitted, by seat and code. seat: a number; work: a code."""
    found = Sheet.objects.filter(work__round=round, state="open", work__status="competed")
    if seat:
        found = found.filter(seat__number=int(seat)) if seat.isdecimal() and len(seat) < 5 else found.none()
    if work:
        found = found.filter(work__code=work.strip().upper())
    ordered = found.select_related("seat__panel", "work", "sub_criterion")
    return ordered.order_by("seat__number", "work__code", "sub_criterion__position")


def watched_sheet(event: Event, uid: UUID) -> dict[str, Any] | None:
    """One sheet with its aspects: whether each is scored, and what it got once the whole panel has submitted.

    None where the event has no such sheet.
    """
    sheet = (
        Sheet.objects.filter(uid=uid, work__round__event=event)
        .select_related("seat__panel", "work", "sub_criterion", "followed_by__seat")
        .first()
    )
    if sheet is None:
        return None
    panel = list(
        Sheet.objects.live()
        .filter(work=sheet.work_id, sub_criterion=sheet.sub_criterion_id)
        .select_related("seat")
        .order_by("seat__number")
    )
    aspects = list(sheet.sub_criterion.aspects.all())
    marks = official_marks([*panel, sheet] if sheet not in panel else panel, aspects)
    recorder = next((s for s in panel if s.seat.records), sheet)
    met = all(s.state == "submitted" for s in panel)
    rows = []
    for aspect in aspects:
        mark = marks.get(((recorder if aspect.kind == "M" else sheet).pk, aspect.pk))
        given = mark.value if mark else None
        rows.append({"aspect": aspect, "scored": given is not None, "value": given if met else None})
    return {"sheet": sheet, "rows": rows, "met": met, "panel": panel, "scored": sum(r["scored"] for r in rows)}


def disagreements(event_code: str) -> dict[str, int]:
    """How many aspects a panel has been asked to score again and has not settled, by reason."""
    still = Sheet.objects.filter(
        work=OuterRef("work"),
        sub_criterion=OuterRef("aspect__sub_criterion"),
        attempt=OuterRef("attempt"),
        state="open",
    )
    asked = Rescore.objects.filter(Exists(still), work__round__event__code=event_code)
    return dict(asked.values_list("reason").annotate(n=Count("pk")).order_by("reason"))


def effects_of_locking(scheme: Scheme) -> dict[str, int]:
    """What rests on a scheme once it is locked: aspects, marks to be given, sheets laid out, works, judges.

    Marks: a judgement from every judge, a measurement once a panel. Sheets and marks are 0 before the draw.
    """
    kinds = dict(scheme.sub_criteria.values_list("aspects__kind").annotate(n=Count("aspects")).order_by())
    subs = scheme.sub_criteria.count()
    judges = Seat.objects.filter(panel__round=scheme.round_id, duty="judge", ended_at=None)
    seated = dict(judges.values_list("panel").annotate(n=Count("pk")).order_by())
    works = Work.objects.filter(round=scheme.round_id).values_list("panel_id", flat=True)
    sitting = [seated.get(panel, 0) for panel in works]
    measured, judged = kinds.get("M", 0), kinds.get("J", 0)
    return {
        "aspects": measured + judged,
        "works": len(sitting),
        "judges": sum(seated.values()),
        "sheets": subs * sum(sitting),
        "marks": sum(judged * n + (measured if n else 0) for n in sitting),
    }
