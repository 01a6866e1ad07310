"""After approval: schools ask to replace a member or to withdraw a team, and the chain's reviewers decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.people.enums import Role
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import event_of
from competitions.registration import services
from competitions.registration.enums import REVIEWERS
from competitions.registration.errors import EntriesRefused
from competitions.registration.forms.approved import ArrivingForm
from competitions.registration.models import Substitution, Withdrawal
from competitions.registration.permissions import may_change
from competitions.registration.projections.approved import RequestLine, request_lines
from competitions.registration.selectors import entry_of, roster
from competitions.registration.selectors.requests import (
    Asked,
    substitution_of,
    substitutions_to_decide,
    withdrawal_of,
    withdrawals_to_decide,
)
from competitions.registration.selectors.reviewing import plan_of

A_PAGE = 30
DECIDING = (Role.BUREAU_REVIEWER, Role.ORGANISER, Role.GROUP_SECRETARY, Role.SYS_ADMIN)
ALONG = ("entry__event__edition", "entry__school__overseen_by")


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for somebody else in a member's place."""
    actor = signed_in(request)
    entry = entry_of(actor, uid)
    if not may_change(actor, entry):
        raise NotAllowed(_("Only the entering school and the organisers change this entry."))
    form = ArrivingForm(request.POST or None, members=roster(entry))
    if request.method == "POST" and form.is_valid() and _asked(actor, entry, form):
        messages.success(request, _("Asked for. The reviewers decide, and you are told."))
        return redirect("registration:entry", entry.uid)
    shown = {"entry": entry, "event": entry.event, "form": form, "until": plan_of(entry.event).substitution_closes_at}
    return render(request, "registration/replace.html", shown, status=422 if form.errors else 200)


def _asked(actor: Actor, entry: Any, form: ArrivingForm) -> bool:
    data = form.cleaned_data
    leaving = next(m for m in roster(entry) if str(m.uid) == data["leaving"])
    try:
        services.ask_substitution(
            actor=actor, entry=entry, leaving=leaving, arriving=form.arriving(), reason=data["reason"]
        )
    except EntriesRefused as refused:
        form.add_problems(refused.problems)
        return False
    return True


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Replacements and withdrawals that wait for this reviewer, over all events."""
    actor = signed_in(request)
    if actor.role not in DECIDING:
        raise NotAllowed(_("Bureaus and organisers review entries."))
    found = [*withdrawals_to_decide(actor), *substitutions_to_decide(actor)]
    return _page(request, sorted(found, key=lambda asked: asked.asked_at), {"event": None})


@require_GET
def of_event(request: HttpRequest, event_code: str) -> HttpResponse:
    """Everything asked for in an event, the open ones first."""
    actor = signed_in(request)
    event = event_of(actor, event_code)
    if not may_organise(actor, event):
        raise NotAllowed(_("This page is for the organisers of the event."))
    swaps = Substitution.objects.visible_to(actor).filter(entry__event=event).select_related("leaving__person", *ALONG)
    goings = Withdrawal.objects.visible_to(actor).filter(entry__event=event).select_related(*ALONG)
    found = sorted([*swaps, *goings], key=lambda asked: asked.asked_at, reverse=True)
    found.sort(key=lambda asked: asked.state != "asked")
    if request.GET.get("format") == "xlsx":
        titles = (_("School"), _("Team"), _("Leaves"), _("Comes"), _("Reason"), _("State"))
        rows = [_row(line) for line in request_lines(found)]
        content = write_xlsx([OutColumn(t, 24) for t in titles], rows, title=_("Replacements"))
        return workbook_download(content, f"{event.code}-replacements.xlsx")
    return _page(request, found, {"event": event})


def _row(line: RequestLine) -> tuple[Any, ...]:
    entry = line.asked.entry
    whole = _("the whole team")
    return (entry.school.name, entry.team_number, line.leaving or whole, line.arriving, line.reason, str(line.word))


def _page(request: HttpRequest, found: list[Any], shown: dict[str, Any]) -> HttpResponse:
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    mine = {"organiser"} if shown["event"] else set(REVIEWERS)  # without an event the list holds nothing else
    lines = [(line, line.open and line.decider in mine) for line in request_lines(page)]
    return render(request, "registration/replacements.html", {**shown, "page": page, "lines": lines})


@require_POST
def ask_withdrawal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """After registration: ask to take a team out."""
    actor = signed_in(request)
    entry = entry_of(actor, uid)
    services.ask_withdrawal(actor=actor, entry=entry, reason=request.POST.get("reason", ""))
    messages.success(request, _("Asked for. The reviewers decide, and you are told."))
    return redirect("registration:entry", entry.uid)


@require_POST
def decide_replacement(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Approve, refuse or take back a replacement."""
    actor = signed_in(request)
    found = substitution_of(actor, uid)
    if verb == "approve":
        services.approve_substitution(actor=actor, substitution=found)
        return _decided(request, actor, found)
    return _answered(request, actor, found, verb)


@require_POST
def decide_withdrawal(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Approve, refuse or take back a withdrawal."""
    actor = signed_in(request)
    found = withdrawal_of(actor, uid)
    if verb == "approve":
        services.approve_withdrawal(actor=actor, withdrawal=found)
        return _decided(request, actor, found)
    return _answered(request, actor, found, verb)


def _answered(request: HttpRequest, actor: Actor, asked: Asked, verb: str) -> HttpResponse:
    """What both kinds of request share; an unknown verb is no page."""
    if verb == "refuse":
        services.refuse_request(actor=actor, asked=asked, answer=request.POST.get("answer", ""))
        return _decided(request, actor, asked)
    if verb == "take-back":
        services.take_back_request(actor=actor, asked=asked)
        return redirect("registration:entry", asked.entry.uid)
    raise NotFound


def _decided(request: HttpRequest, actor: Actor, asked: Substitution | Withdrawal) -> HttpResponse:
    asked.refresh_from_db(fields=["state"])
    said = {
        "asked": _("Passed on to the next reviewer."),
        "approved": _("Approved; the school is told."),
        "refused": _("Refused; the school is told why."),
    }
    messages.success(request, said[asked.state])
    if request.POST.get("from") == "event" and may_organise(actor, asked.entry.event):
        return redirect("registration:replacements", asked.entry.event.code)
    return redirect("registration:requests")
