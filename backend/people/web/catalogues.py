"""The catalogues of majors and industries: to look things up, and for system officers to take them in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.forms import CatalogueForm
from backend.people.forms.words import CATALOGUES
from backend.people.models import Catalogue
from backend.people.permissions import may_import_catalogues
from backend.people.selectors import items_of
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook

PER_PAGE = 100
ERRORS_SHOWN = 300


@require_GET
def catalogues(request: HttpRequest) -> HttpResponse:
    """Every edition that was taken in."""
    actor = signed_in(request)
    found = Catalogue.objects.visible_to(actor)
    if request.GET.get("format") == "xlsx":
        columns = [
            (_("Catalogue"), 40),
            (_("Title of the document"), 40),
            (_("Edition of the document"), 20),
            (_("Sample"), 10),
        ]
        rows = [(str(CATALOGUES[c.kind]), c.title, c.edition, _("Sample") if c.sample else "") for c in found]
        return workbook_download(workbook(_("Catalogues"), columns, rows), "catalogues.xlsx")
    page = {"catalogues": found, "kinds": CATALOGUES, "may_import": may_import_catalogues(actor)}
    return render(request, "people/catalogues.html", page)


@require_http_methods(["GET", "POST"])
def new_catalogue(request: HttpRequest) -> HttpResponse:
    """Take an edition or its yearly supplement from a file; with any error nothing of it is taken."""
    actor = signed_in(request)
    require(may_import_catalogues(actor))
    form = CatalogueForm(request.POST or None, request.FILES or None)
    taken = None
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "content": form.cleaned_data["file"]}
        del told["file"]
        taken = services.import_catalogue(actor=actor, **told)
        if not taken.errors and taken.catalogue is not None:
            counts = {"added": taken.added, "changed": taken.changed, "unchanged": taken.unchanged}
            said = _("%(added)s lines added, %(changed)s changed, %(unchanged)s as before.")
            messages.success(request, said % counts)
            return redirect("people:catalogue", taken.catalogue.uid)
    wrong = list(taken.errors) if taken else []
    marked = services.keep_marked(actor=actor, content=taken.marked) if taken and taken.marked else ""
    page = {"form": form, "errors": wrong[:ERRORS_SHOWN], "count": len(wrong), "marked": marked}
    return render(request, "people/catalogue_form.html", page, status=422 if form.errors or wrong else 200)


@require_GET
def catalogue(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One edition's lines, by code or name; also as a workbook that can be taken in again."""
    found = Catalogue.objects.visible_to(signed_in(request)).filter(uid=uid).first()
    if found is None:
        raise NotFound
    words = request.GET.get("q", "").strip()
    items = items_of(found, words)
    if request.GET.get("format") == "xlsx":
        rows = [(item.code, item.name, item.parent_code) for item in items]
        columns = [("代码", 12), ("名称", 40), ("上级代码", 12)]
        return workbook_download(workbook(found.title, columns, rows), f"catalogue-{found.kind}.xlsx")
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"catalogue": found, "kind": CATALOGUES[found.kind], "page": page, "words": words}
    return render(request, "people/catalogue.html", shown)
