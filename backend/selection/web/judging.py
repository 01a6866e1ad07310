"""A secretary's pages: the applications, returning, recommending, the points once all experts are done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.clock import SHANGHAI
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.selection import services
from backend.selection.forms import RecommendForm, ReturnForm
from backend.selection.models import Application, Call, Offer
from backend.selection.permissions import may_recommend, may_run
from backend.selection.projections.pages import application_rows, return_fields
from backend.selection.projections.scores import score_lines, score_table
from backend.selection.projections.words import APPLICATION_STATES
from backend.selection.selectors import application_of, applications_to, call_of, live_choices
from backend.selection.web.asking import chosen, show_problems
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download


@require_GET
def applications(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Applications to a call that the actor may see; `?format=xlsx` as a workbook."""
    actor = acting(request)
    call = call_of(actor, uid)
    _recommendable(actor, call)
    rows = application_rows(applications_to(actor, call))
    if request.GET.get("format") == "xlsx":
        columns = [
            (_("Applicant"), 34),
            (_("State"), 16),
            (_("Version"), 8),
            (_("Submitted at"), 18),
            (_("Wishes"), 60),
        ]
        lines = [(r["name"], _state(r["application"]), r["version"], _minute(r), "；".join(r["wishes"])) for r in rows]
        return workbook_download(registry.workbook(_("Applications"), columns, lines), "applications.xlsx")
    return render(request, "selection/applications.html", {"call": call, "rows": rows})


def _state(application: Application) -> str:
    return str(APPLICATION_STATES[application.state][0])


def _minute(row: dict[str, Application]) -> str:
    at = row["application"].submitted_at
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


@require_POST
def return_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send an application back with a reason beside each field that has to be mended."""
    actor = acting(request)
    found = application_of(actor, uid)
    form = ReturnForm(request.POST, fields=return_fields(found))
    if not form.is_valid():
        raise Invalid({name: list(said) for name, said in form.errors.items()})
    services.return_application(actor=actor, application=found, reasons=form.reasons())
    messages.success(request, _("The application is sent back. The applicant is told."))
    return redirect("selection:application", found.uid)


@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say offer by offer in which order the group recommends the applications, and why."""
    actor = acting(request)
    call = call_of(actor, uid)
    offers = _recommendable(actor, call)
    offer = chosen(offers, request)
    form = RecommendForm(request.POST or None, choices=list(live_choices(offer)) if offer else [])
    if request.method == "POST" and offer is not None and form.is_valid():
        try:
            services.recommend(actor=actor, offer=offer, words=form.words())
        except Invalid as invalid:
            show_problems(form, invalid, prefix="reason-")
        else:
            messages.success(request, _("The recommendation is kept."))
            return redirect(f"{request.path}?offer={offer.uid}")
    rows = [(c, form[f"rank-{c.uid}"], form[f"reason-{c.uid}"]) for c in form.choices]
    context = {"call": call, "offers": offers, "offer": offer, "form": form, "rows": rows}
    return render(request, "selection/recommend.html", {**context, "open": call.state == "recommending"})


def _recommendable(actor: Actor, call: Call) -> list[Offer]:
    """Offers whose applications the actor recommends; NotAllowed when there are none and the call is not theirs."""
    found = [o for o in call.offers.select_related("call__group", "group") if may_recommend(actor, o)]
    require(bool(found) or may_run(actor, call), _("Only the secretary of the group recommends."))
    return found


@require_GET
def scores(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The points of each offer whose experts are all done; of the others, how many are missing."""
    actor = acting(request)
    call = call_of(actor, uid)
    require(may_run(actor, call), _("Only the officers of this call do this."))
    if request.GET.get("format") == "xlsx":
        columns = [(_("Offer"), 30), (_("Applicant"), 34), (_("Expert"), 10), (_("Criterion"), 30), (_("Points"), 10)]
        return workbook_download(registry.workbook(_("Points"), columns, score_lines(call)), "points.xlsx")
    offers = list(call.offers.select_related("call"))
    offer = chosen(offers, request)
    table = score_table(call, offer) if offer else None
    return render(request, "selection/scores.html", {"call": call, "offers": offers, "offer": offer, "table": table})
