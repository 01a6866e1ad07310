"""Panels, seats and their cards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.render import printed_card
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotFound
from backend.people.selectors import role_holders_in
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.judges import services
from competitions.judges.models import Panel, Seat
from competitions.judges.permissions import may_build_panels
from competitions.judges.web.asked import uid_of
from competitions.venues.selectors.calendars import path_of


def _event(request: HttpRequest, event_code: str) -> tuple[Any, Event]:
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_build_panels(actor, event):
        raise NotFound
    return actor, event


@never_cache
@require_http_methods(["GET", "POST"])
def judges(request: HttpRequest, event_code: str) -> HttpResponse:
    """Panels of the event's last round with their seats; chief judge and supervisor."""
    actor, event = _event(request, event_code)
    round = event.rounds.latest("number")
    if request.POST.get("verb") == "calendar":
        return _calendar(request, actor, event, _seat(round, request.POST.get("seat")))
    if request.method == "POST":
        _act(request, actor, event, round)
        return redirect("judges:judges", event_code=event.code)
    panels = Panel.objects.filter(round=round).prefetch_related("seats__user").order_by("name")
    if request.GET.get("format") == "xlsx":
        return _as_xlsx(event, panels)
    context = {"event": event, "panels": panels, "officials": role_holders_in("event", event.code)}
    return render(request, "judges/judges.html", context)


def _calendar(request: HttpRequest, actor: Actor, event: Event, seat: Seat) -> HttpResponse:
    """A seat's new calendar link, to be handed to whoever sits there."""
    link = services.renew_calendar(actor=actor, seat=seat)
    address = request.build_absolute_uri(path_of(link))
    return render(request, "judges/calendar.html", {"event": event, "seat": seat, "address": address})


def duty_words(seat: Seat) -> str:
    """What a seat does, in the reader's language."""
    if seat.ended_at is not None:
        return _("closed")
    return _("records measurements") if seat.records else _("judge")


def _as_xlsx(event: Event, panels: QuerySet[Panel]) -> HttpResponse:
    """One line per seat; a panel without any has a line of its own."""
    columns = [OutColumn(_("Panel"), 24), OutColumn(_("Seat")), OutColumn(_("Judge"), 24), OutColumn(_("Duty"), 24)]
    rows: list[list[Any]] = []
    for panel in panels:
        seats = sorted(panel.seats.all(), key=lambda seat: seat.number)
        rows += [
            [panel.name, seat.number, seat.user.display_name if seat.user else "", duty_words(seat)] for seat in seats
        ] or [[panel.name, "", "", ""]]
    return workbook_download(write_xlsx(columns, rows, title=_("Judges")), f"{event.code}-judges.xlsx")


def _act(request: HttpRequest, actor: Any, event: Event, round: Any) -> None:
    verb, name = request.POST.get("verb"), request.POST.get("name", "").strip()
    if verb == "panel" and name:
        services.add_panel(actor=actor, round=round, name=name)
        messages.success(request, _("The panel is there."))
    elif verb == "seat" and name:
        panel = Panel.objects.filter(round=round, uid=uid_of(request.POST.get("panel"))).first()
        if panel is None:
            raise NotFound
        records, email = bool(request.POST.get("records")), _email(request.POST.get("email", ""))
        services.add_seat(actor=actor, panel=panel, display_name=name, records=records, email=email)
        messages.success(request, _("The seat is there. Print its card before the day."))
    elif verb == "end":
        services.end_seat(actor=actor, seat=_seat(round, request.POST.get("seat")))
        messages.success(request, _("The seat is closed; its marks stay."))
    elif verb in ("chief", "supervisor") and name:
        services.appoint_named(actor=actor, event=event, account_name=name, duty=verb)
        messages.success(request, _("Appointed."))


def _email(written: str) -> str:
    """The address as it was typed. Raises Invalid."""
    if written.strip():
        try:
            validate_email(written.strip())
        except ValidationError as error:
            raise Invalid({"email": " ".join(error.messages)}) from error
    return written.strip()


def _seat(round: Any, uid: Any) -> Seat:
    seat = Seat.objects.filter(panel__round=round, uid=uid_of(uid), ended_at=None).first()
    if seat is None:
        raise NotFound
    return seat


@never_cache
@require_POST
def cards(request: HttpRequest, event_code: str) -> HttpResponse:
    """A new card for every seat of a panel; shown once, to be printed."""
    actor, event = _event(request, event_code)
    seats = Seat.objects.filter(panel__round__event=event, panel__uid=uid_of(request.POST.get("panel")), ended_at=None)
    made = [
        printed_card(services.print_card(actor=actor, seat=seat), holder=_("Seat %(n)s") % {"n": seat.number})
        for seat in seats.order_by("number")
    ]
    back = f"/events/{event.code}/judges/"
    return render(request, "accounts/printed.html", {"cards": made, "back": back})
