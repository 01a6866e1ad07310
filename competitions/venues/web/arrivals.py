"""Arrivals for the organisers: the live board, its projector variant, conflicts, and the setting up of desks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.render import printed_card
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotFound
from backend.people.enums import Role
from backend.people.selectors import role_holders_in
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.venues import services
from competitions.venues.forms import CheckInPlanForm
from competitions.venues.models import CheckIn, Session
from competitions.venues.permissions import may_follow_arrivals
from competitions.venues.projections.arrivals import (
    arrival_rows,
    by_school,
    conflict_lines,
    counts_of,
    missing_lines,
    standing_session,
)
from competitions.venues.selectors import arrivals_of, conflicts_of, plan_of, sessions_of
from realtime import notices, tickets

SHOWN = 60  # lines of missing people on the page; the workbook holds all


def _event(request: HttpRequest, event_code: str) -> tuple[Actor, Event]:
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_follow_arrivals(actor, event):
        raise NotFound
    return actor, event


def _uid(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise NotFound from error


def _chosen(request: HttpRequest, event: Event) -> Session | None:
    """The session that was asked for (`all`: where no session was chosen), else the present one."""
    given = request.GET.get("session", "")
    if given == "all":
        return None
    if not given:
        return standing_session(event)
    found: Session | None = sessions_of(event).filter(uid=_uid(given)).first()
    if found is None:
        raise NotFound
    return found


def _live(actor: Actor, event: Event) -> dict[str, Any]:
    topic = f"arrivals:{event.code}"
    ticket, version = tickets.issue(topic, actor), notices.read(topic)["version"]
    return {"event": event, "topic": topic, "ticket": ticket, "version": version, "live": {"topic": topic}}


@never_cache
@require_GET
def arrivals(request: HttpRequest, event_code: str) -> HttpResponse:
    """Who is inside, who is missing (phones masked), where desks contradict each other; `?format=xlsx`: everybody."""
    actor, event = _event(request, event_code)
    session = _chosen(request, event)
    found = arrivals_of(event, session)
    if request.GET.get("format") == "xlsx":
        return _as_xlsx(event, found)
    absent = missing_lines(found, SHOWN)
    counts = counts_of(found)
    context = _live(actor, event) | {
        "session": session,
        "sessions": sessions_of(event),
        "counts": counts,
        "schools": by_school(found),
        "absent": absent,
        "more": counts["missing"] + counts["refused"] - len(absent),
        "conflicts": conflict_lines(conflicts_of(actor, event)),
    }
    fragment = bool(getattr(request, "htmx", False))
    return render(request, "venues/_arrivals.html" if fragment else "venues/arrivals.html", context)


def _as_xlsx(event: Event, found: list[Any]) -> HttpResponse:
    titles = [
        (_("School"), 30),
        (_("Team"), 8),
        (_("Full name"), 14),
        (_("Phone"), 16),
        (_("State"), 14),
        (_("When"), 20),
        (_("Desk"), 16),
        (_("How"), 10),
        (_("Papers shown"), 28),
        (_("Reasons"), 28),
        (_("Note"), 30),
    ]
    columns = [OutColumn(title, width) for title, width in titles]
    content = write_xlsx(columns, arrival_rows(found), title=_("Arrivals"))
    return workbook_download(content, f"{event.code}-arrivals.xlsx")


@never_cache
@require_GET
def arrivals_screen(request: HttpRequest, event_code: str) -> HttpResponse:
    """The same for a projector in the hall's entrance: figures by school, no name of a person."""
    actor, event = _event(request, event_code)
    session = _chosen(request, event)
    found = arrivals_of(event, session)
    schools = by_school(found)
    waiting = [line for line in schools if line["missing"]]
    context = _live(actor, event) | {
        "session": session,
        "counts": counts_of(found),
        "waiting": waiting[:12],
        "more": max(0, len(waiting) - 12),
    }
    fragment = bool(getattr(request, "htmx", False))
    return render(request, "venues/_arrivals_screen.html" if fragment else "venues/arrivals_screen.html", context)


@require_POST
def rule(request: HttpRequest, event_code: str) -> HttpResponse:
    """An organiser says what happened where two desks let in the same person."""
    actor, event = _event(request, event_code)
    row = CheckIn.objects.visible_to(actor).filter(event=event, uid=_uid(request.POST.get("check_in"))).first()
    if row is None:
        raise NotFound
    services.rule_on_conflict(actor=actor, check_in=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("Written down."))
    return redirect("venues:arrivals", event_code=event.code)


@require_http_methods(["GET", "POST"])
def desks(request: HttpRequest, event_code: str) -> HttpResponse:
    """Which papers are asked for, the cut-off, and the desks with their cards."""
    actor, event = _event(request, event_code)
    if request.method == "POST" and request.POST.get("verb") != "plan":
        return _act(request, actor, event)
    plan = plan_of(event)
    given = request.POST or None
    form = CheckInPlanForm(given, initial={"papers": plan.papers, "late_minutes": plan.late_minutes})
    if given is not None and form.is_valid():
        services.set_plan(actor=actor, event=event, **form.cleaned_data)
        messages.success(request, _("Check-in is set up."))
        return redirect("venues:desks", event_code=event.code)
    shown = [grant for grant in role_holders_in("event", event.code) if grant.role == Role.CHECKIN_OFFICER]
    if request.GET.get("format") == "xlsx":
        rows = [[grant.user.display_name] for grant in shown]
        content = write_xlsx([OutColumn(_("Desk"), 30)], rows, title=_("Check-in desks"))
        return workbook_download(content, f"{event.code}-desks.xlsx")
    context = {"event": event, "form": form, "desks": shown}
    return render(request, "venues/desks.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, actor: Actor, event: Event) -> HttpResponse:
    verb = request.POST.get("verb")
    if verb == "add":
        services.add_desk(actor=actor, event=event, name=request.POST.get("name", ""))
        messages.success(request, _("The desk is there. Print its card."))
    elif verb == "close":
        services.close_desk(actor=actor, event=event, desk=_uid(request.POST.get("desk")))
        messages.success(request, _("The desk is closed; what it said stays."))
    else:
        raise Invalid({"verb": _("Choose what to do.")})
    return redirect("venues:desks", event_code=event.code)


@never_cache
@require_POST
def desk_card(request: HttpRequest, event_code: str) -> HttpResponse:
    """A new card for one desk; shown once, to be printed."""
    actor, event = _event(request, event_code)
    grant, made = services.print_desk_card(actor=actor, event=event, desk=_uid(request.POST.get("desk")))
    cards = [printed_card(made, holder=grant.user.display_name, purpose="seat")]
    context = {"cards": cards, "back": f"/events/{event.code}/check-in/desks/"}
    return render(request, "accounts/printed.html", context)
