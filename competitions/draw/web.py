"""The draw of an event: once, by its organisers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.selectors import event_of, rules_of
from competitions.draw import services
from competitions.draw.models import Work
from competitions.draw.permissions import may_draw
from competitions.draw.render import slips_pdf
from competitions.draw.selectors import codes_of, layers_of
from competitions.registration.models import Entry
from competitions.registration.selectors.reviewing import admitted_states


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, event_code: str) -> HttpResponse:
    """What the draw would do, then what it did: counts and hashes, never a school beside a code."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_draw(actor, event):
        raise NotFound
    round = event.rounds.latest("number")
    if request.method == "POST":
        count = services.draw_round(actor=actor, round=round)
        messages.success(request, _("%(n)s entries are drawn to codes.") % {"n": count})
        return redirect("draw:draw", event_code=event.code)
    context = {
        "event": event,
        "entries": Entry.objects.filter(event=event, state__in=admitted_states(event)).count(),
        "open_entries": Entry.objects.filter(event=event, state__in=["draft", "incomplete"]).count(),
        "layers": rules_of(event).layers,
        "drawn": layers_of(round),
        "works": Work.objects.filter(round=round).count(),
        "without_panel": Work.objects.filter(round=round, panel=None).count(),
    }
    return render(request, "draw/draw.html", context)


@never_cache
@require_GET
def slips(request: HttpRequest, event_code: str, number: int) -> HttpResponse:
    """The codes of one layer on slips to cut apart, as PDF."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_draw(actor, event):
        raise NotFound
    layer = next((drawn for drawn in layers_of(event.rounds.latest("number")) if drawn.number == number), None)
    if layer is None:
        raise NotFound
    title = _("Code of layer %(n)s") % {"n": number}
    content = slips_pdf(codes_of(layer), title=title, event=f"{event.code} {event.name}")
    name = f"{event.code}-slips-{number}.pdf"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
