"""Calls: the public list and page; what a secretary sets up and moves on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.clock import SHANGHAI
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people.permissions import is_system
from backend.selection import services
from backend.selection.forms import CallForm, OffersForm
from backend.selection.models import ITEMS
from backend.selection.permissions import may_run
from backend.selection.projections.pages import call_lines, call_page
from backend.selection.projections.words import CALL_STATES
from backend.selection.selectors import call_of, calls_of, groups_calling
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download

A_PAGE = 30


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """Every call that was announced, for everybody; `?format=xlsx` is the same list as a workbook."""
    actor, query = acting(request), request.GET
    chosen = {key: query.get(key, "").strip() for key in ("words", "state")}
    found = calls_of(actor, **chosen)
    if query.get("format") == "xlsx":
        titles = (_("Title"), _("Group"), _("State"), _("Applications until"), _("Offers"))
        columns = zip(titles, (40, 34, 14, 18, 8), strict=True)
        rows = [(c.title, c.group.name if c.group else "", *_told(c)) for c in found]
        return workbook_download(registry.workbook(_("Selections"), columns, rows), "calls.xlsx")
    page = Paginator(found, A_PAGE).get_page(query.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "states": {k: v[0] for k, v in CALL_STATES.items()},
        "may_call": groups_calling(actor).exists(),
    }
    return render(request, "selection/calls.html", context)


def _told(call: Any) -> tuple[str, str, int]:
    closes = call.closes_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return str(CALL_STATES[call.state][0]), closes, call.offers_count


@require_GET
def call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is called for, by which criteria, until when; the list while it is shown; the next step for its officers."""
    actor = acting(request)
    return render(request, "selection/call.html", call_page(actor, call_of(actor, uid)))


@require_http_methods(["GET", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    groups = groups_calling(actor)
    require(groups.exists(), _("Only the secretary of a group calls in its name."))
    initial = {
        "group": groups.first(),
        "applicant_kinds": ["school"],
        "experts_min": 2,
        "recommends": True,
        "publicity_days": settings.SELECTION_PUBLICITY_DAYS,
    }
    form = CallForm(request.POST or None, groups=groups, province=is_system(actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        made = services.create_call(actor=actor, **data)
        messages.success(request, _("The call is prepared. Say what can be applied for, and check what is asked."))
        return redirect("selection:offers", made.uid)
    return render(request, "selection/call_form.html", {"form": form, "call": None})


@require_http_methods(["GET", "POST"])
def edit_call(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = acting(request)
    found = call_of(actor, uid)
    require(may_run(actor, found), _("Only the officers of this call do this."))
    initial = {name: getattr(found, name) for name in CallForm.base_fields if hasattr(found, name)}
    initial |= call_lines(found)
    form = CallForm(request.POST or None, groups=None, province=True, call=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        criteria = data.pop("criteria")
        if initial["questions"].split() == request.POST.get("questions", "").split():
            data.pop("questions")  # untouched: their keys stay
        services.edit_call(actor=actor, call=found, **data)
        services.set_criteria(actor=actor, call=found, criteria=criteria)
        messages.success(request, _("The call is saved."))
        return redirect("selection:call", found.uid)
    return render(request, "selection/call_form.html", {"form": form, "call": found})


@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose what can be applied for."""
    actor = acting(request)
    found = call_of(actor, uid)
    require(may_run(actor, found), _("Only the officers of this call do this."))
    offered = [(o.ref.key, o.ref.label) for o in ITEMS[found.item_kind].offered(actor)]
    initial = {"offers": list(found.offers.values_list("item_key", flat=True))}
    form = OffersForm(request.POST or None, offered=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_offers(actor=actor, call=found, keys=form.cleaned_data["offers"])
        messages.success(request, _("What can be applied for is saved."))
        return redirect("selection:call", found.uid)
    return render(request, "selection/offers.html", {"form": form, "call": found, "offered": offered})


STEPS = {
    "announce": services.announce,
    "close": services.close,
    "forward": services.forward,
    "shortlist": services.shortlist,
    "publish": services.publish,
    "confirm": services.confirm,
}


@require_POST
def step(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Move a call to its next state."""
    actor = acting(request)
    found = call_of(actor, uid)
    if verb == "cancel":
        services.cancel(actor=actor, call=found, reason=request.POST.get("reason", ""))
    elif verb in STEPS:
        STEPS[verb](actor=actor, call=found)
    else:
        raise NotFound
    messages.success(request, _("Done. The page shows what comes next."))
    return redirect("selection:call", found.uid)
