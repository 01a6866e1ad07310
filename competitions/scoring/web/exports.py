"""The scheme and the progress of scoring as workbooks: codes only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.downloads import workbook_download
from competitions.scoring.models import Sheet, SubCriterion


def state_words() -> dict[str, str]:
    """What happened to a work, in the reader's language."""
    return {
        "competed": _("competes"),
        "absent": _("absent"),
        "withdrawn": _("withdrawn"),
        "disqualified": _("disqualified"),
        "zeroed": _("zero marks"),
    }


def scheme_as_xlsx(event_code: str, subs: Iterable[SubCriterion]) -> HttpResponse:
    """One line per aspect."""
    kinds = {"M": _("Measurement"), "J": _("Judgement")}
    columns = [
        OutColumn(_("Sub-criterion"), 30),
        OutColumn(_("Aspect")),
        OutColumn(_("Kind")),
        OutColumn(_("What is marked"), 60),
        OutColumn(_("Most marks")),
    ]
    rows = ([f"{s.code} {s.name}", a.code, kinds[a.kind], a.name, a.max] for s in subs for a in s.aspects.all())
    return _download(f"{event_code}-scheme.xlsx", columns, rows, _("Marking scheme"))


def progress_as_xlsx(event_code: str, progress: dict[str, Any]) -> HttpResponse:
    """One line per work: submitted and all sheets of each criterion."""
    words, criteria = state_words(), progress["criteria"]
    columns = [OutColumn(_("Work code")), *(OutColumn(c) for c in criteria), OutColumn(_("State"))]
    rows = (
        [w["code"], *("{} / {}".format(*w["cells"].get(c, (0, 0))) for c in criteria), words[w["status"]]]
        for w in progress["works"]
    )
    return _download(f"{event_code}-scoring.xlsx", columns, rows, _("Scoring"))


def waiting_as_xlsx(event_code: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """One line per sheet that nobody has submitted: seats and codes only."""
    columns = [
        OutColumn(_("Seat")),
        OutColumn(_("Panel"), 20),
        OutColumn(_("Work code")),
        OutColumn(_("Sub-criterion"), 30),
        OutColumn(_("Attempt")),
    ]
    rows = (
        [s.seat.number, s.seat.panel.name, s.work.code, f"{s.sub_criterion.code} {s.sub_criterion.name}", s.attempt]
        for s in sheets
    )
    return _download(f"{event_code}-open-sheets.xlsx", columns, rows, _("Open sheets"))


def _download(name: str, columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]], title: str) -> HttpResponse:
    return workbook_download(write_xlsx(columns, rows, title=title), name)
