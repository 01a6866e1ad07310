"""The school's workspace: everything that is due, what came back, what is left of each quota."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.core import clock
from backend.core.errors import NotAllowed
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from competitions.registration.projections.workspace import KINDS, WorkLine, only, work_lines
from competitions.registration.selectors import own_school
from competitions.registration.selectors.workspace import workspace_of

A_PAGE = 20


@require_GET
def workspace(request: HttpRequest) -> HttpResponse:
    """One page for a school's coordinator. show: one of KINDS, to see only that; empty: every event."""
    actor = signed_in(request)
    school = own_school(actor)
    if school is None:
        raise NotAllowed(_("The workspace belongs to a school's coordinator."))
    lines = work_lines(workspace_of(actor, school))
    if request.GET.get("format") == "xlsx":
        return workbook_download(_xlsx(lines), "workspace.xlsx")
    show = request.GET.get("show", "")
    shown = [only(line, show) for line in lines if line.count(show)] if show in KINDS else lines
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "school": school,
        "page": page,
        "waiting": [line for line in page if line.work.waits or show in KINDS],
        "resting": [line for line in page if not line.work.waits and show not in KINDS],
        "next": lines[0] if lines and lines[0].work.waits and lines[0].ends_at else None,
        "show": show if show in KINDS else "",
        "figures": figures(lines),
        "events": len(lines),
        "now": clock.now(),
    }
    return render(request, "registration/workspace.html", context)


def figures(lines: Sequence[WorkLine]) -> list[tuple[str, object, int]]:
    """What the head of the page counts: (kind, its name, how many)."""
    return [(kind, name, sum(line.count(kind) for line in lines)) for kind, name in KINDS.items()]


def _xlsx(lines: Sequence[WorkLine]) -> bytes:
    titles = (
        (_("Event"), 30),
        (_("Registration until"), 18),
        (_("Teams"), 8),
        (_("Not submitted yet"), 8),
        (_("Quota"), 50),
        (_("Returned"), 60),
        (_("People missing"), 40),
        (_("Conditions in the way"), 40),
        (_("Documents missing"), 10),
        (_("Guardians' consents missing"), 10),
    )
    columns = [OutColumn(str(title), width) for title, width in titles]
    return write_xlsx(columns, [_cells(line) for line in lines], title=_("Workspace"))


def _cells(line: WorkLine) -> list[str]:
    work = line.work
    places = [f"{p.whose} · {p.over_what} {p.used}/{p.allowed} {p.left}" for p in line.places]
    told = {
        kind: " | ".join(f"{entry.team_number}{_(': ')}{words}" for entry, words in line.rows(kind))
        for kind in ("back", "lacking", "conditions")
    }
    numbers = [str(line.count(kind)) for kind in ("papers", "consents")]
    name = f"{work.event.code} {work.event.name}"
    return [name, _time(line), str(work.used), str(work.unsent), " | ".join(places), *told.values(), *numbers]


def _time(line: WorkLine) -> str:
    closes = line.work.event.registration_closes_at
    return localtime(closes).strftime("%Y-%m-%d %H:%M") if closes else ""
