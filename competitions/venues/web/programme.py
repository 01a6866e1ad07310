"""The published programme for everybody, on paper and in calendars; and each person's own list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from backend.core import clock
from backend.core.errors import NotFound
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting, signed_in
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.venues import services
from competitions.venues.models import Programme
from competitions.venues.permissions import may_arrange
from competitions.venues.projections.schedule import FIELDS, change_words, days_of, line_of, news_of
from competitions.venues.render import calendar_file
from competitions.venues.render import programme_pdf as made_pdf
from competitions.venues.selectors.bookings import own_bookings
from competitions.venues.selectors.calendars import agenda_by, own_grant, own_link, path_of
from competitions.venues.selectors.schedule import Agenda, agenda_of, numbers_of, programme_of


def _asked(request: HttpRequest, event: Event) -> Programme | None:
    wanted = request.GET.get("version", "")
    return programme_of(acting(request), event, int(wanted) if wanted.isdigit() and len(wanted) < 5 else None)


@require_GET
def programme(request: HttpRequest, event_code: str) -> HttpResponse:
    """A published version, the newest or `?version=n`, with what it changed."""
    actor = acting(request)
    event = event_of(actor, event_code)
    found, arranging = _asked(request, event), may_arrange(actor, event)
    if found is None and request.GET.get("version"):
        raise NotFound
    before = programme_of(actor, event, found.number - 1) if found is not None else None
    news = news_of(before, found.lines) if found is not None else []
    context = {
        "event": event,
        "programme": found,
        "numbers": numbers_of(actor, event),
        "days": days_of(found.lines, news) if found is not None else [],
        "news": [(c.kind, line_of(c.line), change_words(c)) for c in news],
        "own": [] if arranging else own_bookings(actor).filter(round__event=event),
        "arranging": arranging,
    }
    return render(request, "venues/programme.html", context)


def _newest(request: HttpRequest, event_code: str) -> tuple[Event, Programme]:
    event = event_of(acting(request), event_code)
    found = _asked(request, event)
    if found is None:
        raise NotFound(_("No programme is published yet."))
    return event, found


@require_GET
def programme_ics(request: HttpRequest, event_code: str) -> HttpResponse:
    """The published programme for a calendar."""
    event, found = _newest(request, event_code)
    content = calendar_file([(event, found.lines)], name=event.name, stamp=found.published_at)
    return _download(content, "text/calendar; charset=utf-8", f"{event.code}.ics")


@require_GET
def programme_pdf(request: HttpRequest, event_code: str) -> HttpResponse:
    """The published programme to be printed."""
    event, found = _newest(request, event_code)
    words = {
        "title": _("Programme"),
        "version": _("Version %(n)s") % {"n": found.number},
        "time": _("Time"),
        "what": _("What"),
        "place": str(FIELDS["place"]),
        "audience": str(FIELDS["audience"]),
        "responsible": str(FIELDS["responsible"]),
    }
    content = made_pdf(event, found, words=words)
    return _download(content, "application/pdf", f"{event.code}-programme-{found.number}.pdf")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=kind, headers=headers)


@never_cache
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """What the reader has to go to, in all events; `?format=xlsx` is the list as a workbook."""
    found = agenda_of(signed_in(request))
    if request.GET.get("format") == "xlsx":
        return workbook_download(_xlsx(found), "calendar.xlsx")
    link = own_link(acting(request))
    context = {
        "parts": [(agenda.event, days_of(agenda.lines)) for agenda in found],
        "address": request.build_absolute_uri(path_of(link)) if link else "",
        "may_link": own_grant(acting(request)) is not None,
    }
    return render(request, "venues/calendar.html", context)


def _xlsx(found: list[Agenda]) -> bytes:
    titles = [_("Event"), _("Day"), _("Begins"), _("Ends"), _("What"), str(FIELDS["place"])]
    rows = (
        [a.event.name, f"{i.starts:%Y-%m-%d}", f"{i.starts:%H:%M}", f"{i.ends:%H:%M}", i.what, i.place]
        for a in found
        for i in map(line_of, a.lines)
    )
    return write_xlsx([OutColumn(title, 20) for title in titles], rows, title=_("My calendar"))


@require_GET
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The same for a calendar program."""
    found = agenda_of(signed_in(request))
    parts = [(agenda.event, agenda.lines) for agenda in found]
    content = calendar_file(parts, name=_("My calendar"), stamp=clock.now())
    return _download(content, "text/calendar; charset=utf-8", "calendar.ics")


@require_POST
def calendar_link(request: HttpRequest) -> HttpResponse:
    """A new secret link for the reader's calendar program, or none any more."""
    actor = signed_in(request)
    if request.POST.get("verb") == "end":
        services.end_own_calendar(actor=actor)
        messages.success(request, _("The link opens nothing any more."))
    else:
        services.renew_own_calendar(actor=actor)
        messages.success(request, _("The link is there; a former one opens nothing any more."))
    return redirect("venues:calendar")


@never_cache
@require_GET
def calendar_by_link(request: HttpRequest, calendar_word: str) -> HttpResponse:
    """The calendar of whoever holds the link, for programs that cannot sign in."""
    parts = [(agenda.event, agenda.lines) for agenda in agenda_by(calendar_word)]
    content = calendar_file(parts, name=_("My calendar"), stamp=clock.now())
    return _download(content, "text/calendar; charset=utf-8", "calendar.ics")
