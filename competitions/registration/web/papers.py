"""The documents that an event asks of a team's contestants."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from backend.documents.projections import slots
from backend.ui.acting import signed_in
from competitions.registration.permissions import may_review
from competitions.registration.selectors import entry_of, roster
from competitions.registration.selectors.reviewing import plan_of


@require_GET
def papers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Each contestant with the documents asked for: handed in, accepted, refused, or taken from an earlier event."""
    actor = signed_in(request)
    entry = entry_of(actor, uid)
    asked = plan_of(entry.event).papers
    contestants = [m for m in roster(entry) if m.role == "contestant"] if asked else []
    if actor.role == "contestant":
        contestants = [m for m in contestants if m.person_id == actor.person_id]
    people = [(member.reveal("name"), slots(actor, member.ref, asked, required=asked)) for member in contestants]
    shown = {"entry": entry, "event": entry.event, "people": people, "reviewing": may_review(actor, entry)}
    return render(request, "registration/papers.html", shown)
