"""What a judge sees: their own works, sheets and levels; colleagues' levels only once all have submitted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from competitions.judges.models import Seat
from competitions.scoring.models import Confirmation, Mark, Rescore, Sheet
from competitions.scoring.selectors.official import official_marks
from competitions.scoring.selectors.tabulating import scheme_of


def seat_of(actor: Actor) -> Seat:
    """The acting judge's seat; NotFound for everybody else."""
    key = actor.scope_key(ScopeKind.SEAT) if actor.role == Role.JUDGE else None
    found = Seat.objects.filter(uid=key, ended_at=None) if key else Seat.objects.none()
    seat = found.select_related("panel__round__event").first()
    if seat is None:
        raise NotFound
    return seat


def sheets_waiting(actor: Actor) -> tuple[int, str, str]:
    """How many sheets of the acting judge wait while scoring is open, with that event's code and name: one query."""
    key = actor.scope_key(ScopeKind.SEAT) if actor.role == Role.JUDGE else None
    if key is None:
        return 0, "", ""
    mine = Sheet.objects.filter(seat__uid=key, seat__ended_at=None, state="open", work__status="competed")
    scoring = mine.filter(work__round__event__state="scoring")
    event = ("work__round__event__code", "work__round__event__name")
    counted = scoring.values_list(*event).annotate(count=Count("pk"))
    found = counted.order_by(event[0]).first()
    return (found[2], found[0], found[1]) if found else (0, "", "")


def desk_of(actor: Actor) -> dict[str, Any]:
    """Seat, event, works in code order, sub-criteria and the state of every own sheet."""
    seat = seat_of(actor)
    event, scheme = seat.panel.round.event, scheme_of(seat.panel.round)
    sheets = list(Sheet.objects.live().filter(seat=seat).select_related("work", "sub_criterion").order_by("pk"))
    names = {c["id"]: c["name"] for c in scheme.criteria} if scheme else {}
    subs = list(scheme.sub_criteria.all()) if scheme else []
    works: dict[int, dict[str, Any]] = {}
    for sheet in sorted(sheets, key=lambda s: s.work.code):
        work = works.setdefault(sheet.work_id, _work(sheet, subs))
        work["done"] += sheet.state == "submitted"
        work["all"] += 1
    return {
        "seat": {
            "uid": str(seat.uid),
            "number": seat.number,
            "duty": seat.duty,
            "records": seat.records,
            "panel": seat.panel.name,
        },
        "event": {"code": event.code, "name": event.name, "name_en": event.name_en, "state": event.state},
        "scheme": {"uid": str(scheme.uid), "version": scheme.version, "title": scheme.title} if scheme else None,
        "works": list(works.values()),
        "sub_criteria": [_sub(sub, names) for sub in subs],
        "sheets": [
            {
                "uid": str(s.uid),
                "work": str(s.work.uid),
                "sub_criterion": s.sub_criterion.code,
                "state": s.state,
                "attempt": s.attempt,
            }
            for s in sheets
        ],
    }


def _work(sheet: Sheet, subs: list[Any]) -> dict[str, Any]:
    work = sheet.work
    total = f"{sum(sub.max for sub in subs):.2f}"
    return {"uid": str(work.uid), "code": work.code, "status": work.status, "done": 0, "all": 0, "total_max": total}


def _sub(sub: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": sub.code,
        "name": sub.name,
        "criterion": sub.criterion,
        "criterion_name": names.get(sub.criterion, ""),
        "max": f"{sub.max:.2f}",
        "position": sub.position,
    }


def sheet_of(actor: Actor, uid: UUID) -> dict[str, Any]:
    """One own sheet with its aspects; NotFound for anybody else's."""
    seat = seat_of(actor)
    sheet = Sheet.objects.live().filter(uid=uid, seat=seat).select_related("work", "sub_criterion__scheme").first()
    if sheet is None:
        raise NotFound
    panel = list(
        Sheet.objects.live()
        .filter(work=sheet.work_id, sub_criterion=sheet.sub_criterion_id)
        .select_related("seat")
        .order_by("seat__number")
    )
    aspects = list(sheet.sub_criterion.aspects.all())
    marks = official_marks(panel, aspects)
    recorder = next((s for s in panel if s.seat.records), sheet)
    words = dict(Confirmation.objects.filter(sheet=sheet).values_list("mark_id", "agrees"))
    again = set(Rescore.objects.filter(work=sheet.work_id, attempt=sheet.attempt).values_list("aspect_id", flat=True))
    names = {c["id"]: c["name"] for c in sheet.sub_criterion.scheme.criteria}
    return {
        "uid": str(sheet.uid),
        "state": sheet.state,
        "attempt": sheet.attempt,
        "work": {"uid": str(sheet.work.uid), "code": sheet.work.code},
        "sub_criterion": _sub(sheet.sub_criterion, names),
        "aspects": [_aspect(a, sheet, recorder, marks, words, a.pk in again) for a in aspects],
        "others": _others(sheet, panel, aspects),
    }


def _text(mark: Mark | None, kind: str) -> str | None:
    if mark is None or mark.value is None:
        return None
    return f"{mark.value:.0f}" if kind == "J" else f"{mark.value:.2f}"


def _aspect(a: Any, sheet: Sheet, recorder: Sheet, marks: Any, words: dict[int, bool], again: bool) -> dict[str, Any]:
    measured = marks.get((recorder.pk, a.pk)) if a.kind == "M" else None
    agrees = words.get(measured.pk) if measured else None
    return {
        "uid": str(a.uid),
        "code": a.code,
        "kind": a.kind,
        "name": a.name,
        "extra": a.extra,
        "requirement": a.requirement,
        "max": f"{a.max:.2f}",
        "levels": a.levels,
        "value": _text(marks.get((sheet.pk, a.pk)), a.kind),
        "panel_value": _text(measured, "M") if recorder.state == "submitted" or recorder.pk == sheet.pk else None,
        "recorder": a.kind == "M" and recorder.pk == sheet.pk,
        "word": None if agrees is None else ("agrees" if agrees else "disputes"),
        "spread": again,
    }


def _others(sheet: Sheet, panel: list[Sheet], aspects: list[Any]) -> list[dict[str, Any]] | None:
    """Everybody's levels of the last attempt that all had submitted; None before."""
    done = sheet.attempt if all(s.state == "submitted" for s in panel) else sheet.attempt - 1
    if done < 1:
        return None
    codes = {a.pk: (a.code, a.kind) for a in aspects}
    values: dict[int, dict[str, str]] = {s.pk: {} for s in panel}
    marks = Mark.objects.filter(sheet__in=list(values), attempt__lte=done).select_related("aspect").order_by("sequence")
    for mark in marks:
        code, kind = codes[mark.aspect_id]
        values[mark.sheet_id][code] = _text(mark, kind) or ""
    return [{"seat": s.seat.number, "values": values[s.pk]} for s in panel]
