"""The check-in desk: one page that also opens without network; what it shows comes from the desk's API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.selectors import event_of
from competitions.venues.errors import DeskEnded
from competitions.venues.permissions import may_check_in, may_follow_arrivals
from competitions.venues.selectors.doors import had_desk
from competitions.venues.web.words import desk_words


@never_cache
@ensure_csrf_cookie
@require_GET
def check_in(request: HttpRequest, event_code: str) -> HttpResponse:
    """A desk of the event, or an organiser, checks in; who is not signed in is asked for the card."""
    actor = acting(request)
    if actor.anonymous:
        return redirect(f"/card/?next={request.path}")
    if had_desk(actor, event_code):
        raise DeskEnded(link=f"/card/?next={request.path}")
    event = event_of(actor, event_code)
    if not may_check_in(actor, event):
        raise NotFound
    board = reverse("venues:arrivals", args=[event.code]) if may_follow_arrivals(actor, event) else ""
    context = {"event": event, "board": board, "desk": actor.label, "words": desk_words()}
    return render(request, "venues/check_in.html", context)
