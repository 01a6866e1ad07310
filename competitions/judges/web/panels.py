"""The panel builder: propose, look why, change by hand, confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.judges import services
from competitions.judges.models import PanelPlan
from competitions.judges.permissions import may_build_panels
from competitions.judges.projections.panels import Table, clash_words, options_for, roster_rows, rule_rows, tables_of
from competitions.judges.projections.words import DUTIES
from competitions.judges.selectors.asking import as_place, candidates_of, judging_of, last_round, place_of, plan_of
from competitions.judges.selectors.pool import judge_of
from competitions.judges.web.asked import uid_of


def _event(actor: Actor, event_code: str) -> Event:
    event = event_of(actor, event_code)
    if not may_build_panels(actor, event):
        raise NotFound
    return event


@require_http_methods(["GET", "POST"])
def panels(request: HttpRequest, event_code: str) -> HttpResponse:
    """The composition of the event's panels with its reasons."""
    actor = acting(request)
    event = _event(actor, event_code)
    plan = plan_of(actor, event)
    if request.method == "POST":
        _act(actor, event, plan, request)
        return redirect("judges:panels", event.code)
    tables = tables_of(plan) if plan else []
    if request.GET.get("format") == "xlsx":
        return workbook_download(_xlsx(tables), f"{event.code}-panels.xlsx")
    context = {
        "event": event,
        "plan": plan,
        "tables": tables,
        "why": clash_words(plan) if plan else {},
        "rules": rule_rows(judging_of(event)),
        "candidates": candidates_of(event).count(),
        "sessions": last_round(event).sessions.count(),
    }
    return render(request, "judges/panels.html", context)


def _act(actor: Actor, event: Event, plan: PanelPlan | None, request: HttpRequest) -> None:
    verb = request.POST.get("verb")
    if verb == "propose":
        made = services.propose(actor=actor, round=last_round(event))
        if made.state == "proposed":
            messages.success(request, _("The panels are proposed. Look through them, then confirm."))
        else:
            messages.warning(request, _("The rules clash: no composition keeps them all."))
    elif plan is None:
        raise NotFound
    elif verb == "confirm":
        services.confirm(actor=actor, plan=plan)
        messages.success(request, _("The panels and their seats are there. Print the cards before the day."))
    elif verb == "discard":
        services.discard(actor=actor, plan=plan)
        messages.success(request, _("The proposal is discarded."))


def _xlsx(tables: list[Table]) -> bytes:
    titles = (
        *(_("Session"), _("Duty"), _("Full name"), _("Employer"), _("Professional title")),
        *(_("Why this person"), _("Rules broken")),
    )
    return write_xlsx([OutColumn(title, 20) for title in titles], roster_rows(tables), title=_("Panels"))


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who else could sit in a place, with the rules that would be broken; choosing one saves it."""
    actor = acting(request)
    found = place_of(actor, uid)
    event = found.plan.round.event
    if request.method == "POST":
        chosen = judge_of(actor, uid_of(request.POST.get("judge")))
        services.change(actor=actor, place=found, judge=chosen, reason=request.POST.get("reason", ""))
        messages.success(request, _("Changed."))
        return redirect("judges:panels", event.code)
    slot, duty, sitting = as_place(found)
    context = {
        "event": event,
        "duty": DUTIES[duty],
        "session": found.session,
        "sitting": found.judge.reveal("name"),
        "options": options_for(found.plan, slot, duty, sitting),
    }
    return render(request, "judges/place.html", context)


@require_http_methods(["GET", "POST"])
def vacancy(request: HttpRequest, event_code: str) -> HttpResponse:
    """Who could sit in a vacant place. ?slot= a session's uid, nothing for the whole round; &duty=."""
    actor = acting(request)
    event = _event(actor, event_code)
    plan = plan_of(actor, event)
    slot, duty = request.GET.get("slot", ""), request.GET.get("duty", "")
    sessions = {str(s.uid): s for s in last_round(event).sessions.all()}
    if plan is None or duty not in DUTIES or (slot and slot not in sessions):
        return redirect("judges:panels", event.code)  # the place is filled or its session gone by now
    if request.method == "POST":
        chosen = judge_of(actor, uid_of(request.POST.get("judge")))
        reason = request.POST.get("reason", "")
        services.fill(actor=actor, plan=plan, slot=slot, duty=duty, judge=chosen, reason=reason)
        messages.success(request, _("Changed."))
        return redirect("judges:panels", event.code)
    context = {
        "event": event,
        "duty": DUTIES[duty],
        "session": sessions.get(slot),
        "sitting": "",
        "options": options_for(plan, slot, duty, ""),
    }
    return render(request, "judges/place.html", context)
