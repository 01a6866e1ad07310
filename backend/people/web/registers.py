"""A group's register of members: what its page shows, taking a paper list in, one member's details."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.core.errors import NotFound
from backend.people import services
from backend.people.forms import MemberDetailsForm, SheetForm
from backend.people.models import Membership
from backend.people.permissions import may_keep_group
from backend.people.render import members_template
from backend.people.selectors import members_of
from backend.people.web.governance import kept_group
from backend.spreadsheets.errors import SheetRefused
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download

ERRORS_SHOWN = 300


@require_http_methods(["GET", "POST"])
def import_members(request: HttpRequest, code: str) -> HttpResponse:
    """The whole list from a workbook; with any error nothing of it is taken and every one is shown."""
    actor, found = signed_in(request), kept_group(request, code)
    form = SheetForm(request.POST or None, request.FILES or None)
    taken = services.MembersTaken()
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.import_members(actor=actor, group=found, content=form.cleaned_data["file"])
        except SheetRefused as refused:
            form.add_error("file", str(refused))
        else:
            if not taken.errors:
                messages.success(request, _said(taken))
                return redirect("people:members", code)
    token = services.keep_marked(actor=actor, content=taken.marked) if taken.marked else ""
    page = {
        "group": found,
        "form": form,
        "errors": taken.errors[:ERRORS_SHOWN],
        "count": len(taken.errors),
        "marked": token,
    }
    return render(request, "people/import_members.html", page, status=422 if form.errors or taken.errors else 200)


def _said(taken: services.MembersTaken) -> str:
    counts = {"added": taken.added, "changed": taken.changed, "unchanged": taken.unchanged, "fresh": taken.recorded}
    said = _("%(added)s members added, %(changed)s changed, %(unchanged)s as before.") % counts
    return said + (_(" %(fresh)s organisations were recorded anew.") % counts if taken.recorded else "")


@require_GET
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet to fill in; `?filled=1` with the members of today."""
    found = kept_group(request, code)
    filled = list(members_of(found)) if request.GET.get("filled") else []
    return workbook_download(members_template(_("Members"), filled), f"members-{found.code}.xlsx")


@require_GET
def marked(request: HttpRequest, kept: str) -> HttpResponse:
    """The workbook that was just refused, with its bad cells marked."""
    content = services.marked_workbook(actor=signed_in(request), token=kept)
    return workbook_download(content, "marked.xlsx")


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One member's kind, council role and whom to ask there."""
    actor = signed_in(request)
    found = Membership.objects.select_related("group", "organisation").filter(uid=uid, ended_on=None).first()
    if found is None or not may_keep_group(actor, found.group):
        raise NotFound
    before = {"kind": found.kind, "council_role": found.council_role}
    before |= {name: found.told(name) for name in ("contact", "phone")}
    form = MemberDetailsForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        services.keep_member(actor=actor, membership=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:members", found.group.code)
    page = {"form": form, "group": found.group, "heading": found.organisation.name, "verb": _("Save")}
    return render(request, "people/group_form.html", page, status=422 if form.errors else 200)
