"""Which seat has not submitted what, one sheet to look at, and closing a seat while scoring."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.render import printed_card
from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.scoring import services
from competitions.scoring.forms import HandoverForm
from competitions.scoring.permissions import may_replace, may_watch
from competitions.scoring.selectors.waiting import seats_of, waiting_sheets, watched_sheet
from competitions.scoring.web.exports import waiting_as_xlsx

PER_PAGE = 50


def watched_event(request: HttpRequest, event_code: str) -> Event:
    """The event, for those who watch over its scoring; NotFound for everybody else."""
    event = event_of(acting(request), event_code)
    if not may_watch(acting(request), event):
        raise NotFound
    return event


@require_GET
def waiting(request: HttpRequest, event_code: str) -> HttpResponse:
    """Every sheet that nobody has submitted, by seat; `?format=xlsx` is the same list as a workbook."""
    event = watched_event(request, event_code)
    round = event.rounds.latest("number")
    seat, work = request.GET.get("seat", ""), request.GET.get("work", "")
    found = waiting_sheets(round, seat=seat, work=work)
    if request.GET.get("format") == "xlsx":
        return waiting_as_xlsx(event.code, found)
    context = {
        "event": event,
        "seats": seats_of(round),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "seat": seat,
        "work": work,
        "may_replace": may_replace(acting(request), event) and event.state == "scoring",
    }
    return render(request, "scoring/waiting.html", context)


@never_cache
@require_GET
def sheet(request: HttpRequest, event_code: str, uid: UUID) -> HttpResponse:
    """What a sheet still lacks; its levels only once the whole panel has submitted."""
    event = watched_event(request, event_code)
    found = watched_sheet(event, uid)
    if found is None:
        raise NotFound
    return render(request, "scoring/sheet.html", {"event": event, **found})


@never_cache
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, event_code: str, uid: UUID) -> HttpResponse:
    """Close a judge's seat while scoring: what happens to its sheets in numbers first, then a card for who follows."""
    actor = acting(request)
    event = watched_event(request, event_code)
    if not may_replace(actor, event):
        raise NotFound
    found = seats_of(event.rounds.latest("number")).filter(uid=uid).first()
    if found is None:
        raise NotFound
    form = HandoverForm(request.POST or None, must_follow=found.records)
    if request.method == "POST" and form.is_valid():
        return _hand_over(request, event, uid, form.cleaned_data)
    context = {"event": event, "seat": found, "form": form}
    return render(request, "scoring/seat.html", context, status=422 if form.errors else 200)


def _hand_over(request: HttpRequest, event: Event, uid: UUID, given: dict[str, Any]) -> HttpResponse:
    named = {key: given[key] for key in ("successor", "email", "reason")}
    done = services.replace_seat(actor=acting(request), seat_uid=uid, **named)
    back = reverse("scoring:waiting", args=[event.code])
    if done.seat is None or done.card is None:
        messages.success(request, _("The seat is closed; %(n)s sheets are voided.") % {"n": done.sheets})
        return redirect(back)
    words = {"n": done.seat.number, "sheets": done.sheets}
    messages.success(request, _("Seat %(n)s takes over %(sheets)s sheets. Print its card now.") % words)
    card = printed_card(done.card, holder=_("Seat %(n)s") % {"n": done.seat.number})
    return render(request, "accounts/printed.html", {"cards": [card], "back": back})
