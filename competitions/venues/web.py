"""Venues and stations of an event."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.selectors import event_of
from competitions.venues import services
from competitions.venues.models import Venue
from competitions.venues.permissions import may_arrange


@require_http_methods(["GET", "POST"])
def venues(request: HttpRequest, event_code: str) -> HttpResponse:
    """Halls with their stations; a range at a time."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_arrange(actor, event):
        raise NotFound
    if request.method == "POST":
        name, stations = request.POST.get("venue_name", ""), request.POST.get("stations", "")
        services.add_stations(actor=actor, event=event, venue_name=name, stations=stations)
        messages.success(request, _("The stations are there."))
        return redirect("venues:venues", event_code=event.code)
    found = Venue.objects.filter(event=event).prefetch_related("stations").order_by("name")
    return render(request, "venues/venues.html", {"event": event, "venues": found})
