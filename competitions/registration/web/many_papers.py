"""Documents of many contestants at once: a school chooses the files, and each goes to whom its name says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.errors import Invalid, NotAllowed
from backend.documents.projections import asked_words
from backend.documents.selectors import kind_of
from backend.ui.acting import signed_in
from competitions.contests.selectors import event_of
from competitions.registration import services
from competitions.registration.forms import ManyFilesForm
from competitions.registration.projections.papering import outcome_lines
from competitions.registration.selectors import own_school
from competitions.registration.selectors.papers import places_for
from competitions.registration.selectors.reviewing import plan_of


@require_http_methods(["GET", "POST"])
def papers_of_many(request: HttpRequest, event_code: str) -> HttpResponse:
    """Choose a kind, see who lacks it, hand many files in; a part of a larger hand-in is answered with its lines."""
    actor = signed_in(request)
    event, school = event_of(actor, event_code), own_school(actor)
    if school is None:
        raise NotAllowed(_("Documents of many contestants are handed in by their school."))
    kinds = plan_of(event).papers
    chosen = request.POST.get("kind") or request.GET.get("kind", "")
    kind = chosen if chosen in kinds else next(iter(kinds), "")
    lines: list[Any] = []
    form = ManyFilesForm(request.POST or None, request.FILES or None, initial={"kind": kind, "token": uuid4()})
    if request.method == "POST":
        if form.is_valid():
            sent = form.cleaned_data
            found = services.hand_in_many(
                actor=actor, event=event, kind=sent["kind"], files=sent["chosen"], token=sent["token"]
            )
            lines = outcome_lines(found)
        if request.headers.get("X-Part"):
            if not form.is_valid():
                raise Invalid({name: list(said) for name, said in form.errors.items()})
            return render(request, "registration/_outcomes.html", {"lines": lines})
    places = places_for(actor, event, school, kind) if kind else []
    lacking = [place for place in places if place.present is None]
    context = {
        "event": event,
        "school": school,
        "form": form,
        "kinds": [(key, kind_of(key).label) for key in kinds],
        "kind": kind_of(kind) if kind else None,
        "asked": asked_words(kind_of(kind)) if kind else "",
        "accept": ",".join(kind_of(kind).asked.media_types) if kind else "",
        "token": form["token"].value(),
        "people": len(places),
        "lacking": [(place.member.entry, place.member.reveal("name")) for place in lacking],
        "lines": lines,
        "taken": [line for line in lines if line.tone == "good"],
        "held_up": [line for line in lines if line.tone != "good"],
    }
    return render(request, "registration/many_papers.html", context)
