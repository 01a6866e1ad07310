"""Contests by family, and one edition with its events, tracks, days and rules."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests import services
from competitions.contests.enums import CADENCES, DIVISIONS, EVENT_STATES, LEVELS
from competitions.contests.forms import CopyForm, EditionForm, PostponeForm, TrackForm
from competitions.contests.models import Family
from competitions.contests.permissions import may_run
from competitions.contests.projections import edition_rule_lines, put_off_lines, remaining_words
from competitions.contests.selectors import (
    copyable_events,
    edition_of,
    editions_of,
    events_of,
    groups_of_organiser,
    tracks_of,
    years_of_editions,
)
from competitions.contests.web.asking import labelled, show_problems
from competitions.contests.web.events import A_PAGE, NEW_DAYS_TOLD, events_workbook


@require_GET
def contests(request: HttpRequest) -> HttpResponse:
    """Every edition of every contest, the newest first; `?format=xlsx` is the same list as a workbook."""
    actor, query = acting(request), request.GET
    chosen = {key: query.get(key, "").strip() for key in ("words", "family", "level", "year")}
    found = editions_of(actor, **chosen)
    if query.get("format") == "xlsx":
        titles = (_("Edition"), _("Contest"), _("Family"), _("Level"), _("Year"), _("From"), _("Until"), _("Events"))
        columns = [OutColumn(t, w) for t, w in zip(titles, (36, 34, 34, 10, 8, 12, 12, 8), strict=True)]
        rows = [
            (
                e.name,
                e.contest.name,
                str(e.contest.family or ""),
                str(LEVELS.get(e.contest.level, "")),
                e.year,
                str(e.starts_on or ""),
                str(e.ends_on or ""),
                e.event_count,  # type: ignore[attr-defined]
            )
            for e in found
        ]
        return workbook_download(write_xlsx(columns, rows, title=_("Contests")), "contests.xlsx")
    context = {
        "page": Paginator(found, A_PAGE).get_page(query.get("page")),
        "chosen": chosen,
        "families": Family.objects.all(),
        "levels": LEVELS,
        "years": years_of_editions(),
        "may_create": groups_of_organiser(actor).exists(),
    }
    return render(request, "contests/contests.html", context)


@require_GET
def edition(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One edition: when, what was put off and why, its rules over all events, its tracks, and its events by filter."""
    actor, query, found = acting(request), request.GET, edition_of(uid)
    chosen = {key: query.get(key, "").strip() for key in ("words", "state", "division", "track")}
    events = events_of(actor, edition=str(found.uid), **chosen)
    if query.get("format") == "xlsx":
        return events_workbook(events)
    page = Paginator(events, A_PAGE).get_page(query.get("page"))
    organising = groups_of_organiser(actor).exists()
    context = {
        "edition": found,
        "level": LEVELS.get(found.contest.level, ""),
        "page": page,
        "rows": [{"event": event, "remaining": remaining_words(event)} for event in page],
        "chosen": chosen,
        "states": {k: v for k, v in labelled(EVENT_STATES).items() if k != "draft" or organising},
        "divisions": DIVISIONS,
        "tracks": tracks_of(found),
        "postponements": put_off_lines(actor, found),
        "rules": edition_rule_lines(found),
        "may_create": organising,
        "may_run": may_run(actor, found),
    }
    return render(request, "contests/edition.html", context)


@require_http_methods(["GET", "POST"])
def new_edition(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    groups = groups_of_organiser(actor)
    require(groups.exists(), _("Only organisers of the leading group set up an edition."))
    form = EditionForm(request.POST or None, groups=groups, initial={"group": groups.first()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_edition(actor=actor, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, _("The edition is there. Set up its events next."))
            return redirect("contests:edition", made.uid)
    return render(request, "contests/edition_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Next year's drafts of the organiser's own events, and a word on each that was left out."""
    actor, source = acting(request), edition_of(uid)
    groups = groups_of_organiser(actor)
    require(groups.exists(), _("Only organisers of the leading group set up an edition."))
    start = {"group": groups.first(), "year": source.year + 1}
    form = CopyForm(request.POST or None, groups=groups, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            report = services.copy_edition(actor=actor, edition=source, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            made = len(report.made)
            messages.success(request, ngettext("%(n)s event copied.", "%(n)s events copied.", made) % {"n": made})
            return render(request, "contests/copied.html", {"edition": source, "report": report})
    events = copyable_events(actor, source).exclude(cadence="yearly")
    limited = [(event, CADENCES[event.cadence]) for event in events]
    return render(request, "contests/copy_form.html", {"form": form, "edition": source, "limited": limited})


@require_http_methods(["GET", "POST"])
def postpone_edition(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Other days for a whole edition; entries stay and everyone is told."""
    actor, found = acting(request), edition_of(uid)
    require(may_run(actor, found), _("Only who runs all events of an edition does this."))
    form = PostponeForm(request.POST or None, initial={"starts_on": found.starts_on, "ends_on": found.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.postpone_edition(actor=actor, edition=found, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, NEW_DAYS_TOLD)
            return redirect("contests:edition", found.uid)
    reach = services.preview_postponement(actor=actor, thing=found)
    return render(
        request, "contests/postpone_form.html", {"form": form, "event": None, "edition": found, "reach": reach}
    )


@require_http_methods(["GET", "POST"])
def tracks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The tracks of an edition and the groups within them; one more at a time."""
    actor, found = acting(request), edition_of(uid)
    require(may_run(actor, found), _("Only who runs all events of an edition does this."))
    form = TrackForm(request.POST or None, edition=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_track(actor=actor, edition=found, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("contests:tracks", found.uid)
    return render(request, "contests/tracks.html", {"form": form, "edition": found, "tracks": tracks_of(found)})
