"""How far scoring is, and what the panels have to score again."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from competitions.contests.models import Event, Round
from competitions.draw.models import Work
from competitions.scoring.models import Mark, Rescore, Sheet


def progress_of(round: Round) -> dict[str, Any]:
    """{"done", "all", "criteria": [id], "works": [{"uid", "code", "status", "cells": {criterion: [done, all]}}]}."""
    works = list(Work.objects.filter(round=round).order_by("code"))
    counted = (
        Sheet.objects.live()
        .filter(work__round=round)
        .values_list("work_id", "sub_criterion__criterion")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(state="submitted")))
        .order_by("sub_criterion__criterion")
    )
    cells: dict[int, dict[str, list[int]]] = {}
    for work, criterion, every, done in counted:
        cells.setdefault(work, {})[criterion] = [done, every]
    rows = [{"uid": str(w.uid), "code": w.code, "status": w.status, "cells": cells.get(w.pk, {})} for w in works]
    flat = [c for row in cells.values() for c in row.values()]
    return {
        "done": sum(c[0] for c in flat),
        "all": sum(c[1] for c in flat),
        "criteria": sorted({c for row in cells.values() for c in row}),
        "works": rows,
    }


def open_spreads(event: Event) -> list[dict[str, Any]]:
    """Aspects that a panel is asked to score again and has not settled: work code, aspect code, reason, attempt.

    levels: [[seat number, what that seat gave before], …]; all of the panel had submitted it, so it is no secret.
    """
    asked = Rescore.objects.filter(work__round__event=event).select_related("work", "aspect__sub_criterion")
    still = set(
        Sheet.objects.filter(work__round__event=event, state="open", attempt__gt=1).values_list(
            "work_id", "sub_criterion_id", "attempt"
        )
    )
    found = [
        r
        for r in asked.order_by("work__code", "aspect__code")
        if (r.work_id, r.aspect.sub_criterion_id, r.attempt) in still
    ]
    levels = _levels_before(found)
    return [
        {
            "work": r.work.code,
            "aspect": r.aspect.code,
            "name": r.aspect.name,
            "reason": r.reason,
            "attempt": r.attempt,
            "levels": levels[r.pk],
        }
        for r in found
    ]


def _levels_before(asked: list[Rescore]) -> dict[int, list[list[str]]]:
    """Per request the newest value of each seat from before it."""
    slots = {(r.work_id, r.aspect_id): r for r in asked}
    marks = Mark.objects.filter(
        aspect__in={r.aspect_id for r in asked}, sheet__work__in={r.work_id for r in asked}
    ).select_related("sheet__seat", "aspect")
    newest: dict[int, dict[int, str]] = {r.pk: {} for r in asked}
    for mark in marks.order_by("sequence"):
        request = slots.get((mark.sheet.work_id, mark.aspect_id))
        if request is not None and mark.attempt < request.attempt and mark.value is not None:
            digits = 0 if mark.aspect.kind == "J" else 2
            newest[request.pk][mark.sheet.seat.number] = f"{mark.value:.{digits}f}"
    return {pk: [[str(seat), value] for seat, value in sorted(given.items())] for pk, given in newest.items()}


def open_sheets(round: Round) -> list[tuple[str, int]]:
    """Works that compete and still have open sheets: (code, how many), by code."""
    waiting = Sheet.objects.filter(work__round=round, state="open", work__status="competed")
    return list(waiting.values_list("work__code").annotate(n=Count("pk")).order_by("work__code"))
