"""What waits for a reviewer, one entry under review, and who reviews what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people.enums import Role
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import event_of
from competitions.registration import services
from competitions.registration.enums import ENTRY_STATES, REVIEWERS
from competitions.registration.forms.reviewing import PlanForm, VerdictForm
from competitions.registration.models import Entry
from competitions.registration.permissions import may_review
from competitions.registration.projections import member_lines
from competitions.registration.projections.reviewing import history, reasons_of, verdicts_so_far, waiting_lines
from competitions.registration.selectors import entry_of, live_members, roster, state_counts
from competitions.registration.selectors.eligibility import doubts_of
from competitions.registration.selectors.papers import unjudged_papers
from competitions.registration.selectors.requests import substitutions_to_decide, withdrawals_to_decide
from competitions.registration.selectors.reviewing import (
    neighbours_of,
    plan_of,
    to_review,
    waiting_by_event,
    waiting_for,
)

A_PAGE = 50
REVIEWED_STATES = ("submitted", "approved", "confirmed", "returned", "rejected")
REVIEWING = (Role.BUREAU_REVIEWER, Role.ORGANISER, Role.GROUP_SECRETARY, Role.SYS_ADMIN)


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this reviewer, the longest waiting first."""
    actor = signed_in(request)
    if actor.role not in REVIEWING:
        raise NotAllowed(_("Bureaus and organisers review entries."))
    chosen = Chosen.of(actor, request.GET)
    found = to_review(actor, chosen.event, school=chosen.school, again=chosen.again)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_as_workbook(found), "reviews.xlsx")
    page = Paginator(found.prefetch_related(live_members()), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": waiting_lines(page),
        "chosen": chosen,
        "event": chosen.event,
        "events": waiting_by_event(actor),
        "asked": substitutions_to_decide(actor).count() + withdrawals_to_decide(actor).count(),
        "stats": _stats(actor, chosen.event),
    }
    return render(request, "registration/reviews.html", shown)


def _stats(actor: Actor, event: Event | None) -> list[tuple[Any, int]]:
    """How far the review of one event has come."""
    counts = state_counts(actor, event) if event else {}
    return [(ENTRY_STATES[state][0], counts.get(state, 0)) for state in REVIEWED_STATES] if counts else []


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the waiting entries the reviewer goes through; carried from entry to entry as a query."""

    event: Event | None = None
    school: str = ""
    again: bool = False

    @classmethod
    def of(cls, actor: Actor, written: Any) -> Chosen:
        event = event_of(actor, written["event"]) if written.get("event") else None
        return cls(event, written.get("school", "").strip()[:100], written.get("again") == "1")

    @property
    def query(self) -> str:
        said = {"event": self.event.code if self.event else "", "school": self.school, "again": "1" * self.again}
        return urlencode({key: value for key, value in said.items() if value})


def _as_workbook(found: Any) -> bytes:
    columns = [
        OutColumn(_("Event"), 30),
        OutColumn(_("School"), 30),
        OutColumn(_("Team"), 8),
        OutColumn(_("Submitted"), 20),
    ]
    rows = ((f"{e.event.code} {e.event.name}", e.school.name, e.team_number, _moment(e.submitted_at)) for e in found)
    return write_xlsx(columns, rows, title=_("To review"))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve the ticked entries: all of them or none."""
    actor, ticked = _ticked(request)
    services.approve_entries(actor=actor, entries=ticked)
    n = len(ticked)
    messages.success(request, ngettext("%(n)s entry approved.", "%(n)s entries approved.", n) % {"n": n})
    return redirect(_list(Chosen.of(actor, request.GET)))


@require_POST
def return_many(request: HttpRequest) -> HttpResponse:
    """Return the ticked entries to their schools for one reason: all of them or none."""
    actor, ticked = _ticked(request)
    services.return_entries(actor=actor, entries=ticked, reason=request.POST.get("reason", ""))
    n = len(ticked)
    words = ngettext("%(n)s entry returned; the school is told.", "%(n)s entries returned; the schools are told.", n)
    messages.success(request, words % {"n": n})
    return redirect(_list(Chosen.of(actor, request.GET)))


def _ticked(request: HttpRequest) -> tuple[Actor, list[Entry]]:
    actor = signed_in(request)
    if actor.role not in REVIEWING:
        raise NotAllowed(_("Bureaus and organisers review entries."))
    ticked = list(Entry.objects.visible_to(actor).filter(uid__in=_uids(request.POST.getlist("entry"))))
    if not ticked:
        raise Invalid({"entry": _("Tick the entries first.")})
    return actor, ticked


def _list(chosen: Chosen) -> str:
    return f"{reverse('registration:reviews')}?{chosen.query}".rstrip("?")


def _uids(written: list[str]) -> list[UUID]:
    found = []
    for text in written:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One entry before its reviewer: who, what changed since last time, and the verdict."""
    actor = signed_in(request)
    entry = entry_of(actor, uid)
    if not (may_review(actor, entry) or may_organise(actor, entry.event) or actor.role == Role.BUREAU_REVIEWER):
        raise NotAllowed(_("Bureaus and organisers review entries."))
    chosen, plan = Chosen.of(actor, request.GET), plan_of(entry.event)
    lines = member_lines(roster(entry))
    form = VerdictForm(request.POST or None, lines=lines, reasons=reasons_of(plan), platform=entry.tech_platform)
    queue = neighbours_of(entry, to_review(actor, chosen.event, school=chosen.school, again=chosen.again))
    if request.method == "POST" and form.is_valid():
        _decide(actor, entry, form)
        messages.success(request, _("Your verdict is recorded; the school is told."))
        if "next" in request.POST and queue.after:
            return redirect(f"{reverse('registration:review', args=[queue.after])}?{chosen.query}".rstrip("?"))
        return redirect(_list(chosen))
    waiting = waiting_for(entry)
    context = {
        "entry": entry,
        "event": entry.event,
        "lines": [(line, form.of_member(line.member.uid)) for line in lines],
        "form": form,
        "of_team": form.of_team(),
        "mine": may_review(actor, entry),
        "waiting": REVIEWERS.get(waiting or ""),
        "verdicts": verdicts_so_far(entry),
        "history": history(entry),
        "papers": plan.papers,
        "unjudged": unjudged_papers(entry, plan.papers) if plan.papers else 0,
        "doubts": doubts_of(entry),
        "chosen": chosen,
        "queue": queue,
        "reasons": reasons_of(plan),
    }
    return render(request, "registration/review.html", context, status=422 if form.errors else 200)


def _decide(actor: Any, entry: Entry, form: VerdictForm) -> None:
    verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
    if verdict == "approve":
        services.approve_entries(actor=actor, entries=[entry])
    elif verdict == "return":
        services.return_entry(actor=actor, entry=entry, reason=reason, remarks=form.remarks())
    else:
        services.reject_entry(actor=actor, entry=entry, reason=reason)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, event_code: str) -> HttpResponse:
    """Who reviews the entries of an event, and until when what may change."""
    actor = signed_in(request)
    event = event_of(actor, event_code)
    if not may_organise(actor, event):
        raise NotAllowed(_("The organisers of the event set up its review."))
    standing = plan_of(event)
    form = PlanForm(request.POST or None, plan=standing)
    if request.method == "POST" and form.is_valid():
        services.set_review_plan(actor=actor, event=event, **form.cleaned_data)
        messages.success(request, _("The review is set up."))
        return redirect("registration:review_plan", event.code)
    shown = {"event": event, "form": form, "of_contest": standing.contest_id is not None, "reviewers": REVIEWERS}
    return render(request, "registration/review_plan.html", shown, status=422 if form.errors else 200)
