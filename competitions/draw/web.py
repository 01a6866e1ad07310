"""The draw of an event: once, by its organisers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.selectors import event_of, rules_of
from competitions.draw import services
from competitions.draw.models import CodeLayer, Work
from competitions.draw.permissions import may_draw
from competitions.registration.models import Entry


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
        "entries": Entry.objects.filter(event=event, state="submitted").count(),
        "open_entries": Entry.objects.filter(event=event, state__in=["draft", "incomplete"]).count(),
        "layers": rules_of(event).layers,
        "drawn": CodeLayer.objects.filter(round=round).order_by("number"),
        "works": Work.objects.filter(round=round).count(),
        "without_panel": Work.objects.filter(round=round, panel=None).count(),
    }
    return render(request, "draw/draw.html", context)
