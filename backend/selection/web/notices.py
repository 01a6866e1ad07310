"""The public notice: objecting, answering, the printed list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.selection import services
from backend.selection.errors import ObjectionTooLarge, PublicityOver, TooManyObjections
from backend.selection.forms import AnswerForm, ObjectionForm
from backend.selection.permissions import may_run
from backend.selection.projections.pages import notice_lines, objection_rows
from backend.selection.render import pdf_of
from backend.selection.selectors import call_of, decision_of, objectable, objection_by_link, objection_of
from backend.selection.web.asking import show_problems
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download

LARGEST_BYTES = 64 * 1024  # a form of text; 2,000 Chinese characters are 18 KB of it


@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Object to the list that is shown; no account is needed."""
    actor = acting(request)
    call = call_of(actor, uid)
    if not objectable(call):
        raise PublicityOver(link=f"/calls/{call.uid}/")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES:
        raise ObjectionTooLarge(link=f"/calls/{call.uid}/object/")
    form, status = ObjectionForm(request.POST or None, lines=notice_lines(call)), 200
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        line = data.pop("choice")
        try:
            data["address"] = str(request.META.get("REMOTE_ADDR", ""))
            made = services.object_to(actor=actor, call=call, choice_uid=UUID(line) if line else None, **data)
        except Invalid as invalid:
            show_problems(form, invalid)
        except TooManyObjections as refused:  # here, so that what was written is not lost
            form.add_error(None, str(refused))
            status = refused.status
        else:
            messages.success(request, _("Your objection is taken. Keep this page's address: the answer comes here."))
            return redirect("selection:objection", made.uid)
    return render(request, "selection/object.html", {"form": form, "call": call}, status=status)


@require_GET
def objection(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What became of an objection, for whoever has its link; who objected and why is not shown here."""
    return render(request, "selection/objection.html", {"objection": objection_by_link(uid)})


@require_GET
def objections(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All objections of a call, for its officers; `?format=xlsx` without who objected."""
    actor = acting(request)
    call = call_of(actor, uid)
    require(may_run(actor, call), _("Only the officers of this call answer objections."))
    rows = objection_rows(call)
    if request.GET.get("format") == "xlsx":
        columns = [(_("Number"), 8), (_("About"), 40), (_("State"), 14), (_("Answer"), 60)]
        lines = [(r["objection"].number, r["about"], str(r["state"]), r["objection"].answer) for r in rows]
        return workbook_download(registry.workbook(_("Objections to the list"), columns, lines), "objections.xlsx")
    return render(request, "selection/objections.html", {"call": call, "rows": rows})


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer an objection; upholding it can take the line off the list."""
    actor = acting(request)
    found = objection_of(actor, uid)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_objection(actor=actor, objection=found, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(form, invalid)
        else:
            messages.success(request, _("The objection is answered."))
            return redirect("selection:objections", found.call.uid)
    said = {name: found.reveal(name) for name in ("name", "contact", "words")}
    row = next(r for r in objection_rows(found.call) if r["objection"].pk == found.pk)
    return render(request, "selection/answer.html", {"objection": found, "said": said, "form": form, "row": row})


@require_GET
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A numbered list as a PDF to print."""
    found = decision_of(acting(request), uid)
    name = content_disposition_header(False, f"{found.issuer}-{found.year}-{found.serial}.pdf") or ""
    return HttpResponse(pdf_of(found), content_type="application/pdf", headers={"Content-Disposition": name})
