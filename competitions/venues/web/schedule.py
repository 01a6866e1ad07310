"""The organiser's schedule: its lines, what stands in the way, and the next version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.errors import NotFound
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.venues import services
from competitions.venues.forms import ItemForm
from competitions.venues.projections.schedule import FIELDS, KINDS, change_words, clash_words, days_of, line_of, news_of
from competitions.venues.selectors.schedule import clashes_of, item_of, lines_of, programme_of
from competitions.venues.web.places import arranged


@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, event_code: str) -> HttpResponse:
    """The schedule as it stands, with a form for one more line; `?format=xlsx` is the list as a workbook."""
    actor, event = acting(request), arranged(request, event_code)
    verb = request.POST.get("verb", "")
    if verb == "publish":
        made = services.publish_programme(actor=actor, event=event, note=request.POST.get("note", ""))
        messages.success(request, _("Version %(n)s is published.") % {"n": made.number})
        return redirect("venues:schedule", event_code=event.code)
    form = ItemForm(request.POST if verb == "add" else None, event=event)
    if verb == "add" and form.is_valid():
        services.add_item(actor=actor, event=event, draft=form.draft())
        messages.success(request, _("The item is in the schedule; the next version shows it."))
        return redirect("venues:schedule", event_code=event.code)
    lines = lines_of(event)
    if request.GET.get("format") == "xlsx":
        return _xlsx(event, lines)
    newest = programme_of(actor, event)
    news = news_of(newest, lines)
    context = {
        "event": event,
        "days": days_of(lines, news),
        "clashes": clash_words(clashes_of(event), lines),
        "newest": newest,
        "news": [(c.kind, line_of(c.line), change_words(c)) for c in news],
        "form": form,
    }
    return render(request, "venues/schedule.html", context, status=422 if form.errors else 200)


def _xlsx(event: Event, lines: list[dict[str, str]]) -> HttpResponse:
    titles = [_("Day"), _("Begins"), _("Ends"), _("What"), FIELDS["place"], FIELDS["audience"], FIELDS["responsible"]]
    rows = (
        [
            f"{line.starts:%Y-%m-%d}",
            f"{line.starts:%H:%M}",
            f"{line.ends:%H:%M}",
            line.what,
            line.place,
            line.audience,
            line.responsible,
        ]
        for line in map(line_of, lines)
    )
    content = write_xlsx([OutColumn(str(title), 20) for title in titles], rows, title=_("Schedule"))
    return workbook_download(content, f"{event.code}-schedule.xlsx")


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, event_code: str, item_uid: UUID) -> HttpResponse:
    """One line: change it or take it away."""
    actor, event = acting(request), arranged(request, event_code)
    found = item_of(actor, event, item_uid)
    verb = request.POST.get("verb", "")
    if verb == "remove":
        services.remove_item(actor=actor, item=found)
        messages.success(request, _("The item is taken away; published versions keep it."))
        return redirect("venues:schedule", event_code=event.code)
    form = ItemForm(request.POST if verb == "change" else None, event=event, item=found)
    if verb == "change" and form.is_valid():
        services.change_item(actor=actor, item=found, draft=form.draft())
        messages.success(request, _("Saved. The next version shows it."))
        return redirect("venues:schedule", event_code=event.code)
    if request.method == "POST" and verb not in ("change", "remove"):
        raise NotFound
    context = {"event": event, "item": found, "form": form, "kind": KINDS[found.kind]}
    return render(request, "venues/item.html", context, status=422 if form.errors else 200)
