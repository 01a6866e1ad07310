"""One human recorded twice: asked for by one system officer, looked at and confirmed by another."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.forms import MergeForm
from backend.people.forms.words import ID_TYPES, MERGE_STATES
from backend.people.models import PersonMerge
from backend.people.permissions import may_merge
from backend.people.projections import differences, identity_card
from backend.people.selectors import merges_of, objections_to
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook

PER_PAGE = 50


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def merges(request: HttpRequest) -> HttpResponse:
    """Every merge that was asked for, and the form to ask."""
    actor = signed_in(request)
    require(may_merge(actor))
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("duplicate", "into", "reason")}
        made = services.ask_merge(actor=actor, **told)
        messages.success(request, _("Asked for. Nothing changes before a second system officer has confirmed it."))
        return redirect("people:merge", made.uid)
    found = merges_of(actor)
    if request.GET.get("format") == "xlsx":
        return _as_workbook(list(found))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/merges.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _as_workbook(found: list[PersonMerge]) -> HttpResponse:
    """Without numbers and names: who asked, who confirmed, why."""
    columns = [(_("Asked on"), 14), (_("Asked by"), 16), (_("Second officer"), 16), (_("State"), 14), (_("Reason"), 50)]
    rows = [
        (
            merge.asked_at.date(),
            merge.asked_by.account_name,
            merge.decided_by.account_name if merge.decided_by else "",
            str(MERGE_STATES[merge.state][0]),
            merge.reason,
        )
        for merge in found
    ]
    return workbook_download(workbook(_("Merged persons"), columns, rows), "merges.xlsx")


def _merge(request: HttpRequest, uid: UUID) -> PersonMerge:
    actor = signed_in(request)
    found: PersonMerge | None = merges_of(actor).filter(uid=uid).first()
    if found is None or not may_merge(actor):
        raise NotFound
    return found


@never_cache
@require_GET
def merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Both persons side by side, what names them, and what would then be wrong."""
    actor, found = signed_in(request), _merge(request, uid)
    waits = found.state == "asked"
    page = {
        "merge": found,
        "cards": [identity_card(found.duplicate), identity_card(found.into)],
        "id_types": ID_TYPES,
        "objections": objections_to(found.duplicate, found.into) if waits else [],
        "may_confirm": waits and found.asked_by_id != actor.user_id,
        "waits": waits,
        "differs": differences(found.duplicate, found.into) if waits else [],
    }
    return render(request, "people/merge.html", page)


@require_POST
def decide_merge(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Confirm as the second officer, or leave both as they are."""
    actor, found = signed_in(request), _merge(request, uid)
    if verb == "confirm":
        services.merge_persons(actor=actor, merge=found)
        messages.success(request, _("Merged: the duplicate leads to the other person from now on."))
    elif verb == "refuse":
        services.refuse_merge(actor=actor, merge=found)
        messages.success(request, _("Both stay as they are."))
    else:
        raise NotFound
    return redirect("people:merge", found.uid)
