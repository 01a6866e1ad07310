"""Whom a notice about an event may reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from backend.core.actor import Actor
from backend.notify.selectors import Addressee, Mailbox, coordinators_of
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.registration.models import Entry, Member


def written_events(actor: Actor) -> list[tuple[str, str]]:
    """Events whose people the actor may write to: those that it organises."""
    found = organised_events(actor).exclude(state="draft").order_by("-edition__year", "code")
    return [(event.code, f"{event.code} {event.name}") for event in found]


def coordinators_in(code: str) -> list[Addressee]:
    """Who looks after the teams that stand in an event."""
    event = Event.objects.get(code=code)
    teams = Entry.objects.filter(event=event).exclude(state="withdrawn")
    schools = {str(uid): name for uid, name in teams.values_list("school__uid", "school__name").distinct()}
    return coordinators_of(schools, **event_facts(event))


def members_in(code: str, roles: tuple[str, ...]) -> list[Addressee]:
    """Members of standing teams, by their own account or, without one, as persons."""
    event = Event.objects.get(code=code)
    account = Coalesce("person__merged_into__user_id", "person__user_id")  # a merged person's account has moved
    found = _standing(code, roles).annotate(account=account).order_by("pk")
    facts = event_facts(event)
    rows = found.values_list("account", "counts", "entry__school__name")
    return [
        Addressee(user, {**facts, "school": school}, None if user is not None else person)
        for user, person, school in rows
    ]


def mailboxes_of_members(code: str, persons: Collection[int], roles: tuple[str, ...]) -> dict[int, Mailbox]:
    """Phones as the schools wrote them for the event, or the contestants themselves; no e-mail address is asked."""
    found: dict[int, Mailbox] = {}
    for member in _standing(code, roles).filter(counts__in=persons).order_by("-pk"):
        if phone := member.reveal("phone"):
            found[member.counts] = Mailbox(phone=phone)
    return found


def _standing(code: str, roles: tuple[str, ...]) -> Any:
    """Members of the event's standing teams, each with the key of the person that counts."""
    found = Member.objects.filter(event__code=code, ended_at=None, role__in=roles).exclude(entry__state="withdrawn")
    return found.annotate(counts=Coalesce("person__merged_into_id", "person_id"))


def event_facts(event: Event) -> dict[str, str]:
    """What fills the places of a notice about an event."""
    closes = event.registration_closes_at
    deadline = localtime(closes).strftime("%Y-%m-%d %H:%M") if closes else ""
    return {"event": event.name, "event_code": event.code, "deadline": deadline}
