"""A round as a `tabulation/1` document, on codes only."""

from __future__ import annotations

from typing import Any

from competitions.contests.models import Round
from competitions.contests.selectors import rules_of
from competitions.draw.models import Work
from competitions.scoring.models import Mark, Scheme, Sheet
from competitions.scoring.selectors.official import official_marks, sheets_of_works


def scheme_of(round: Round) -> Scheme | None:
    """The round's locked scheme."""
    return Scheme.objects.filter(round=round, state="locked").first()


def marks_of(sheets: list[Sheet], codes: dict[int, str]) -> list[dict[str, Any]]:
    """The official marks as rows of `tabulation/1`. codes: work id -> code."""
    by_id = {s.pk: s for s in sheets}
    rows = []
    for (sheet_id, _), mark in official_marks(sheets).items():
        if mark.value is not None:
            rows.append(_row(codes[by_id[sheet_id].work_id], by_id[sheet_id], mark))
    return sorted(rows, key=lambda r: (r["entry"], r["node"], r.get("judge", "")))


def _row(code: str, sheet: Sheet, mark: Mark) -> dict[str, Any]:
    if mark.aspect.kind == "M":
        return {"entry": code, "node": mark.aspect.code, "value": f"{mark.value:.2f}"}
    return {"entry": code, "node": mark.aspect.code, "judge": f"J{sheet.seat.number}", "value": f"{mark.value:.0f}"}


def tabulation_of(round: Round) -> dict[str, Any]:
    """Everything the round's result depends on; anyone can recompute it with `python -m backend.tabulation`.

    The round must have a locked scheme.
    """
    event, scheme = round.event, scheme_of(round)
    if scheme is None:
        raise LookupError("the round has no locked scheme")
    works = list(Work.objects.filter(round=round).order_by("code"))
    document: dict[str, Any] = {
        "format": "tabulation/1",
        "event": {"code": event.code, "name": event.name},
        "scheme": scheme.nodes,
        "entries": [{"code": w.code, "status": w.status} for w in works],
        "marks": marks_of(sheets_of_works(works), {w.pk: w.code for w in works}),
    }
    rules = rules_of(event)
    document["ranking"] = rules.ranking
    if rules.awards:
        document["awards"] = rules.awards
    return document
