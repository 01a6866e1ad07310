"""A chief judge's notes, in confidence, on how the judges of the own event served."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.selectors import event_of
from competitions.judges import services
from competitions.judges.permissions import may_note_in
from competitions.judges.selectors.serving import notes_in, seats_known
from competitions.judges.web.asked import uid_of


@never_cache
@require_http_methods(["GET", "POST"])
def conduct(request: HttpRequest, event_code: str) -> HttpResponse:
    """Seats of judges of the pool, each with the chief's own notes and room for one more."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_note_in(actor, event):
        raise NotFound
    seats = seats_known(event)
    if request.method == "POST":
        chosen = next((s for s in seats if s.uid == uid_of(request.POST.get("seat"))), None)
        if chosen is None or chosen.judge is None:
            raise NotFound
        services.note_conduct(actor=actor, judge=chosen.judge, event=event, text=request.POST.get("text", ""))
        messages.success(request, _("The note is kept. Only group secretaries read it."))
        return redirect("judges:conduct", event.code)
    notes = notes_in(actor, event)
    rows = [(s, s.judge.reveal("name") if s.judge else "", notes.get(s.judge_id or 0, [])) for s in seats]
    return render(request, "judges/conduct.html", {"event": event, "rows": rows})
