"""Venues, stations and sessions of an event."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.errors import NotFound
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.venues import services
from competitions.venues.forms import SessionForm
from competitions.venues.models import Session, Venue
from competitions.venues.permissions import may_arrange


def arranged(request: HttpRequest, event_code: str) -> Event:
    """The event, for those who arrange it."""
    event = event_of(acting(request), event_code)
    if not may_arrange(acting(request), event):
        raise NotFound
    return event


@require_http_methods(["GET", "POST"])
def venues(request: HttpRequest, event_code: str) -> HttpResponse:
    """Halls with their stations; a range at a time. `?format=xlsx`: one line per station."""
    event = arranged(request, event_code)
    if request.method == "POST":
        name, stations = request.POST.get("venue_name", ""), request.POST.get("stations", "")
        services.add_stations(actor=acting(request), event=event, venue_name=name, stations=stations)
        messages.success(request, _("The stations are there."))
        return redirect("venues:venues", event_code=event.code)
    found = Venue.objects.filter(event=event).prefetch_related("stations").order_by("name")
    if request.GET.get("format") == "xlsx":
        rows = ([v.name, s.code, _("yes") if s.spare else ""] for v in found for s in v.stations.all())
        columns = [OutColumn(_("Venue"), 24), OutColumn(_("Station")), OutColumn(_("Spare"))]
        content = write_xlsx(columns, rows, title=_("Stations"))
        return workbook_download(content, f"{event.code}-stations.xlsx")
    return render(request, "venues/venues.html", {"event": event, "venues": found})


def _sessions(event: Event) -> QuerySet[Session]:
    return Session.objects.filter(round__event=event).select_related("venue", "round").order_by("starts_at", "pk")


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest, event_code: str) -> HttpResponse:
    """The sessions of the event's last round, and a form for one more; `?format=xlsx` is the list as a workbook."""
    event = arranged(request, event_code)
    found = _sessions(event)
    if request.GET.get("format") == "xlsx":
        return _as_xlsx(event, found)
    form = SessionForm(request.POST or None, venues=Venue.objects.filter(event=event).order_by("name"))
    if request.method == "POST" and form.is_valid():
        round = event.rounds.latest("number")
        services.add_session(actor=acting(request), round=round, **form.cleaned_data)
        messages.success(request, _("The session is there."))
        return redirect("venues:sessions", event_code=event.code)
    context = {"event": event, "sessions": found, "form": form, "venues": Venue.objects.filter(event=event).exists()}
    return render(request, "venues/sessions.html", context, status=422 if form.errors else 200)


def _as_xlsx(event: Event, found: QuerySet[Session]) -> HttpResponse:
    titles = [(_("Name of the session"), 24), (_("Venue"), 24), (_("Begins"), 18), (_("Ends"), 18)]
    rows = (
        [s.name, s.venue.name, f"{localtime(s.starts_at):%Y-%m-%d %H:%M}", f"{localtime(s.ends_at):%Y-%m-%d %H:%M}"]
        for s in found
    )
    content = write_xlsx([OutColumn(title, width) for title, width in titles], rows, title=_("Sessions of the round"))
    return workbook_download(content, f"{event.code}-sessions.xlsx")


def _session(event: Event, uid: UUID) -> Session:
    found = _sessions(event).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, event_code: str, uid: UUID) -> HttpResponse:
    """Another time, venue or name for a session."""
    event = arranged(request, event_code)
    found = _session(event, uid)
    venues = Venue.objects.filter(event=event).order_by("name")
    form = SessionForm(request.POST or None, venues=venues, session=found)
    if request.method == "POST" and form.is_valid():
        services.change_session(actor=acting(request), session=found, **form.cleaned_data)
        messages.success(request, _("The session is changed."))
        return redirect("venues:sessions", event_code=event.code)
    context = {"event": event, "session": found, "form": form}
    return render(request, "venues/session.html", context, status=422 if form.errors else 200)


@require_POST
def remove_session(request: HttpRequest, event_code: str, uid: UUID) -> HttpResponse:
    """Take a session away while nothing rests on it."""
    event = arranged(request, event_code)
    services.remove_session(actor=acting(request), session=_session(event, uid))
    messages.success(request, _("The session is removed."))
    return redirect("venues:sessions", event_code=event.code)
