"""The documents that an event asks of a team's contestants."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from backend.core.actor import Actor
from backend.documents.projections import slots, to_verify
from backend.ui.acting import signed_in
from competitions.registration.enums import EDITABLE, GUARDIAN
from competitions.registration.models import Member
from competitions.registration.permissions import coordinates, may_change, may_review
from competitions.registration.selectors import entry_of, roster
from competitions.registration.selectors.inviting import consent_open, consented
from competitions.registration.selectors.papers import asked_of
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
    agreed = consented(contestants)
    people = [_person(actor, member, asked_of(member, asked), member.pk in agreed) for member in contestants]
    shown = {
        "entry": entry,
        "event": entry.event,
        "people": people,
        "to_verify": [paper for person in people for paper in to_verify(person["slots"])],
        "may_hand_in_many": bool(people) and coordinates(actor, entry.school),
        "reviewing": may_review(actor, entry),
        "may_invite": may_change(actor, entry) and (entry.state in EDITABLE or consent_open(entry)),
    }
    return render(request, "registration/papers.html", shown)


def _person(actor: Actor, member: Member, kinds: list[str], agreed: bool) -> dict[str, Any]:
    """A contestant's places; a guardian who agreed by the link needs no paper."""
    wanted = [kind for kind in kinds if kind != GUARDIAN or not agreed]
    return {
        "member": member,
        "name": member.reveal("name"),
        "slots": slots(actor, member.ref, wanted, required=wanted),
        "guardian": "" if GUARDIAN not in kinds else "agreed" if agreed else "open",
    }
