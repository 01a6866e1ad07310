"""The school's workspace: everything that is due, what came back, what is left of each quota."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.core.errors import NotAllowed
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from competitions.registration.projections.workspace import WorkLine, work_lines
from competitions.registration.selectors import own_school
from competitions.registration.selectors.workspace import workspace_of


@require_GET
def workspace(request: HttpRequest) -> HttpResponse:
    """One page for a school's coordinator."""
    actor = signed_in(request)
    school = own_school(actor)
    if school is None:
        raise NotAllowed(_("The workspace belongs to a school's coordinator."))
    lines = work_lines(workspace_of(actor, school))
    if request.GET.get("format") == "xlsx":
        return workbook_download(_xlsx(lines), "workspace.xlsx")
    return render(request, "registration/workspace.html", {"school": school, "lines": lines, "totals": totals(lines)})


def totals(lines: list[WorkLine]) -> dict[str, Any]:
    """What the head of the page counts."""
    return {
        "open": sum(line.work.open for line in lines),
        "teams": sum(line.work.used for line in lines),
        "back": sum(len(line.back) for line in lines),
        "lacking": sum(len(line.lacking) for line in lines),
    }


def _xlsx(lines: list[WorkLine]) -> bytes:
    titles = (
        (_("Event"), 30),
        (_("Registration until"), 18),
        (_("Teams"), 8),
        (_("Teams you can still enter"), 14),
        (_("Returned"), 60),
    )
    columns = [OutColumn(str(title), width) for title, width in titles]
    rows = [
        [
            f"{line.work.event.code} {line.work.event.name}",
            _time(line),
            str(line.work.used),
            "" if line.work.left is None else str(line.work.left),
            " | ".join(f"{entry.team_number}: {reason}" for entry, reason in line.back),
        ]
        for line in lines
    ]
    return write_xlsx(columns, rows, title=_("Workspace"))


def _time(line: WorkLine) -> str:
    closes = line.work.event.registration_closes_at
    return localtime(closes).strftime("%Y-%m-%d %H:%M") if closes else ""
