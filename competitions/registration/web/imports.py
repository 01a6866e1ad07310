"""The workbook import: upload, the checked sheet with its problems, and what is decided about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.errors import DomainError, Invalid, NotAllowed
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.projections import remaining_words
from competitions.contests.selectors import event_of
from competitions.registration import services
from competitions.registration.forms import NameForm, UploadForm
from competitions.registration.models import EntryImport
from competitions.registration.permissions import may_import, may_settle
from competitions.registration.projections import fix_words, grid_columns, grid_rows, problem_lines
from competitions.registration.render import template_workbook
from competitions.registration.selectors import import_of, imports_of, own_school

A_PAGE = 100
PROBLEMS_SHOWN = 300


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, event_code: str) -> HttpResponse:
    """Choose a workbook; it is checked first, nothing is taken yet."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_import(actor, event):
        raise NotAllowed(_("Only schools and the organisers of this event import entries."))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            form.add_error("file", _("The file is larger than %(n)s MB.") % {"n": settings.IMPORT_MAX_BYTES >> 20})
        else:
            staged = services.stage_import(actor=actor, event=event, content=file.read(), file_name=file.name or "")
            return redirect("registration:import_page", staged.uid)
    context = {
        "event": event,
        "form": form,
        "imports": imports_of(actor, event)[:10],
        "remaining": remaining_words(event),
        "open": event.state == "registering",
        "own": own_school(actor) is not None,
    }
    return render(request, "registration/upload.html", context)


@require_GET
def template(request: HttpRequest, event_code: str) -> HttpResponse:
    """The empty workbook with the event's own lists; a coordinator's begins with their school."""
    actor = acting(request)
    event = event_of(actor, event_code)
    return workbook_download(template_workbook(event, school=own_school(actor)), f"{event.code}-template.xlsx")


@require_GET
def filled(request: HttpRequest, event_code: str) -> HttpResponse:
    """The same workbook with the school's own teams as they stand."""
    actor = acting(request)
    event = event_of(actor, event_code)
    content = services.filled_template(actor=actor, event=event)
    return workbook_download(content, f"{event.code}-teams.xlsx")


@require_GET
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The checked sheet: counts, the grid in the sheet's own coordinates, and every problem with its cure."""
    actor = acting(request)
    found = import_of(actor, uid)
    show = request.GET.get("show", "")
    context: dict[str, Any] = {
        "import": found,
        "event": found.event,
        "file_name": found.reveal("file_name"),
        "may_settle": may_settle(actor, found),
        "open": found.event.state == "registering",
        "show": show,
    }
    if found.state == "staged":
        template = "registration/_progress.html" if getattr(request, "htmx", False) else "registration/import_wait.html"
        return render(request, template, context)
    if getattr(request, "htmx", False):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context |= _sheet(found, show, request.GET.get("page"))
    return render(request, "registration/import.html", context)


def _sheet(found: EntryImport, show: str, number: str | None) -> dict[str, Any]:
    rows = found.rows.all()
    if show == "refused":
        rows = rows.filter(ok=False)
    elif show == "tidied":
        rows = rows.exclude(fixes=[])
    elif show == "changed":
        rows = rows.filter(kind="change")
    page = Paginator(rows, A_PAGE).get_page(number)
    places = {n: i // A_PAGE + 1 for i, n in enumerate(rows.values_list("number", flat=True))}
    wrong = list(found.rows.filter(ok=False)[:PROBLEMS_SHOWN])
    problems = [
        {"row": row, "page": places.get(row.number, 0), **problem} for row in wrong for problem in problem_lines(row)
    ]
    tidied = [
        {"page": places.get(row.number, 0), "cell": cell, "message": message}
        for row in found.rows.exclude(fixes=[])[:PROBLEMS_SHOWN]
        for cell, message in fix_words(row)
    ]
    columns = grid_columns(found)
    return {"page": page, "columns": columns, "rows": grid_rows(found, page), "problems": problems, "tidied": tidied}


@require_POST
def step(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Confirm, discard or check again."""
    actor = acting(request)
    found = import_of(actor, uid)
    if verb == "confirm":
        taken = services.confirm_import(actor=actor, entry_import=found)
        text = ngettext("%(n)s row is taken.", "%(n)s rows are taken.", taken.rows_ok) % {"n": taken.rows_ok}
        messages.success(request, text)
        return redirect("registration:entries", found.event.code)
    if verb == "discard":
        services.discard_import(actor=actor, entry_import=found)
        messages.success(request, _("Discarded. Nothing of it was taken."))
        return redirect("registration:import", found.event.code)
    services.recheck_import(actor=actor, entry_import=found)
    return redirect("registration:import_page", found.uid)


@require_POST
def take_name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Use the proposed school for every row that names it so."""
    actor = acting(request)
    found = import_of(actor, uid)
    form = NameForm(request.POST)
    if not form.is_valid():
        raise Invalid({"name": _("There is no such school.")})
    data = form.cleaned_data
    services.take_name(actor=actor, entry_import=found, row=data["row"], name=data["name"])
    return redirect("registration:import_page", found.uid)


@require_GET
def marked(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The uploaded workbook with its bad cells marked."""
    actor = acting(request)
    found = import_of(actor, uid)
    if found.state not in ("checked", "confirmed"):
        raise DomainError(_("This workbook has not been checked yet."))
    content = services.annotated_workbook(actor=actor, entry_import=found)
    return workbook_download(content, f"{found.event.code}-marked.xlsx")
