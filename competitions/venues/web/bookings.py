"""Which team has a place in which session, and what the stations are equipped for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event, Round
from competitions.contests.selectors import event_of
from competitions.registration.models import Entry
from competitions.registration.permissions import may_import
from competitions.venues import services
from competitions.venues.forms import EquipmentForm
from competitions.venues.models import Booking, Session
from competitions.venues.permissions import BOOKING, may_arrange
from competitions.venues.selectors.bookings import bookings_of, fillings, room_by_platform, sessions_of, teams_to_place
from competitions.venues.web.places import arranged

A_PAGE = 60


@require_http_methods(["GET", "POST"])
def bookings(request: HttpRequest, event_code: str) -> HttpResponse:
    """Sessions with what they can take, the teams in them, and teams without a place: a school its own only."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_import(actor, event):
        raise NotAllowed(_("Places are shown to the entering schools and the organisers of the event."))
    round = event.rounds.latest("number")
    if request.method == "POST":
        _act(request, actor, round)
        return redirect("venues:bookings", event_code=event.code)
    found = bookings_of(actor, event)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_xlsx(found), f"{event.code}-places.xlsx")
    organising = may_arrange(actor, event)
    waiting = teams_to_place(round).filter(pk__in=Entry.objects.visible_to(actor).values("pk"))
    filled, page = fillings(round), Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    first = list(waiting[:A_PAGE])
    platforms = {e.tech_platform for e in first} | {b.platform for b in page}
    room = room_by_platform(filled, platforms)
    context = {
        "event": event,
        "fillings": filled,
        "sessions": list(sessions_of(round)),
        "page": page,
        "rows": [(b, [(s, n) for s, n in room[b.platform] if s != b.session]) for b in page],
        "waiting": [(entry, room[entry.tech_platform]) for entry in first],
        "waiting_count": waiting.count(),
        "organising": organising,
        "may_book": organising or event.state in BOOKING,
    }
    return render(request, "venues/bookings.html", context)


def _act(request: HttpRequest, actor: Actor, round: Round) -> None:
    verb = request.POST.get("verb")
    if verb == "all":
        _tell(request, services.place_teams(actor=actor, round=round))
        return
    entry = _of(Entry.objects.visible_to(actor).filter(event=round.event_id), request.POST.get("entry"))
    if verb == "book":
        session = None
        if request.POST.get("session"):
            session = _of(Session.objects.filter(round=round), request.POST.get("session"))
        services.book(actor=actor, round=round, entry=entry, session=session)
        messages.success(request, _("The team has its place."))
    elif verb == "move":
        session = _of(Session.objects.filter(round=round), request.POST.get("session"))
        services.book(actor=actor, round=round, entry=entry, session=session)
        words = _("The team works in %(session)s now. Its place in the old session is free.")
        messages.success(request, words % {"session": session.name})
    elif verb == "give_back":
        for booking in Booking.objects.filter(round=round, entry=entry):
            services.give_back(actor=actor, booking=booking)
        messages.success(request, _("The place is free again."))
    else:
        raise NotFound


def _of(rows: Any, uid: Any) -> Any:
    found = {str(row.uid): row for row in rows.filter(uid__in=[uid] if _is_uid(uid) else [])}
    if str(uid) not in found:
        raise NotFound
    return found[str(uid)]


def _is_uid(text: Any) -> bool:
    return isinstance(text, str) and len(text) == 36 and all(c in "0123456789abcdef-" for c in text)


def _tell(request: HttpRequest, placed: services.Placement) -> None:
    words = ngettext("%(n)s team has its place.", "%(n)s teams have their places.", placed.placed)
    messages.success(request, words % {"n": placed.placed})
    for platform, count in sorted(placed.missing.items()):
        told = _("%(n)s teams found no station for %(platform)s: add a session or equip more stations.")
        messages.warning(request, told % {"n": count, "platform": platform or _("any platform")})


def _xlsx(found: Any) -> bytes:
    titles = (_("Session"), _("Venue"), _("Begins"), _("School"), _("Team number"), _("Platform"))
    rows = (
        [
            b.session.name,
            b.session.venue.name,
            f"{localtime(b.session.starts_at):%Y-%m-%d %H:%M}",
            b.entry.school.name,
            b.entry.team_number,
            b.platform,
        ]
        for b in found
    )
    return write_xlsx([OutColumn(title, 20) for title in titles], rows, title=_("Places of teams"))


@require_http_methods(["GET", "POST"])
def equipment(request: HttpRequest, event_code: str) -> HttpResponse:
    """What the stations of each venue are equipped for."""
    event: Event = arranged(request, event_code)
    form = EquipmentForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        count = services.equip_stations(actor=acting(request), event=event, **form.cleaned_data)
        words = ngettext("%(n)s station is set.", "%(n)s stations are set.", count)
        messages.success(request, words % {"n": count})
        return redirect("venues:equipment", event_code=event.code)
    venues = event.venues.prefetch_related("stations").order_by("name")
    tables = [(v, sorted(v.stations.all(), key=lambda s: s.code)) for v in venues]
    if request.GET.get("format") == "xlsx":
        rows = [[v.name, s.code, s.platform, _("yes") if s.spare else ""] for v, some in tables for s in some]
        columns = [OutColumn(title, 20) for title in (_("Venue"), _("Station"), _("Platform"), _("Spare"))]
        content = write_xlsx(columns, rows, title=_("Equipment"))
        return workbook_download(content, f"{event.code}-equipment.xlsx")
    context = {"event": event, "tables": tables, "form": form}
    return render(request, "venues/equipment.html", context, status=422 if form.errors else 200)
