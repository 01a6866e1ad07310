"""Whom a notice about an event may reach."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from backend.core.actor import Actor
from backend.notify.selectors import Addressee, coordinators_of
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
    """Members of standing teams who have an account of their own."""
    event = Event.objects.get(code=code)
    found = Member.objects.filter(event=event, ended_at=None, role__in=roles)
    account = Coalesce("person__merged_into__user_id", "person__user_id")  # a merged person's account has moved
    found = found.exclude(entry__state="withdrawn").annotate(account=account).exclude(account=None).order_by("pk")
    facts = event_facts(event)
    pairs = found.values_list("account", "entry__school__name")
    return [Addressee(user, {**facts, "school": school}) for user, school in pairs]


def event_facts(event: Event) -> dict[str, str]:
    """What fills the places of a notice about an event."""
    closes = event.registration_closes_at
    deadline = localtime(closes).strftime("%Y-%m-%d %H:%M") if closes else ""
    return {"event": event.name, "event_code": event.code, "deadline": deadline}
