"""Whom schools name for an event: the school's own list and form, the organisers' whole list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
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
from competitions.judges.forms import JudgeForm
from competitions.judges.models import Nomination
from competitions.judges.permissions import may_build_panels
from competitions.judges.projections.words import JUDGE_STATES, NOMINATION_STATES
from competitions.judges.selectors.asking import judging_of
from competitions.judges.selectors.pool import live_nominations, nominating_school, nomination_of, nominations_of
from competitions.judges.services.naming import NAMING
from competitions.judges.web.asked import uid_of

A_PAGE = 30


@require_http_methods(["GET", "POST"])
def nominations(request: HttpRequest, event_code: str) -> HttpResponse:
    """Who is named for the event."""
    actor = acting(request)
    event, school = _place(actor, event_code)
    if request.method == "POST":
        _act(actor, request)
        messages.success(request, _("Saved."))
        return redirect("judges:nominations", event.code)
    found = nominations_of(actor, event)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_xlsx(found), f"{event.code}-nominations.xlsx")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    limit = judging_of(event).nominations_max
    context = {
        "event": event,
        "page": page,
        "rows": [{"nomination": n, "name": n.judge.reveal("name")} for n in page],
        "school": school,
        "organising": may_build_panels(actor, event),
        "limit": limit,
        "left": max(0, limit - live_nominations(event, school)) if limit is not None and school else None,
        "open": event.state in NAMING,
    }
    return render(request, "judges/nominations.html", context)


def _place(actor: Actor, event_code: str) -> tuple[Event, Any]:
    event, school = event_of(actor, event_code), nominating_school(actor)
    if school is None and not may_build_panels(actor, event):
        raise NotFound
    return event, school


def _act(actor: Actor, request: HttpRequest) -> None:
    nomination: Nomination = nomination_of(actor, uid_of(request.POST.get("nomination")))
    verb = request.POST.get("verb")
    if verb == "withdraw":
        services.withdraw(actor=actor, nomination=nomination)
    elif verb == "accept":
        services.accept(actor=actor, nomination=nomination)
    elif verb == "refuse":
        services.refuse(actor=actor, nomination=nomination, reason=request.POST.get("reason", ""))
    else:
        raise NotFound


def _xlsx(found: Any) -> bytes:
    titles = (
        *(_("Named by"), _("Full name"), _("Employer"), _("Province of work"), _("Professional title")),
        *(_("Vocational skill level"), _("Nomination"), _("Consent"), _("Reason")),
    )
    rows = [
        (
            n.school.name,
            n.judge.reveal("name"),
            n.judge.unit_name,
            n.judge.province,
            n.judge.title,
            n.judge.skill_level,
            str(NOMINATION_STATES[n.state][0]),
            str(JUDGE_STATES[n.judge.state][0]),
            n.reason,
        )
        for n in found
    ]
    return write_xlsx([OutColumn(title, 18) for title in titles], rows, title=_("Nominations"))


@require_http_methods(["GET", "POST"])
def new_nomination(request: HttpRequest, event_code: str) -> HttpResponse:
    """A school names somebody."""
    actor = acting(request)
    event, school = _place(actor, event_code)
    if school is None:
        raise NotFound
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.nominate(actor=actor, event=event, school=school, draft=form.draft())
        messages.success(request, _("Named. The organisers decide, and the judge is asked for consent."))
        return redirect("judges:nominations", event.code)
    return render(request, "judges/judge_form.html", {"form": form, "event": event})
