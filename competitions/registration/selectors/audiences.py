"""Whom a notice about an event may reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from backend.core.actor import Actor
from backend.notify.selectors import Addressee, Mailbox, coordinators_of
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.registration.models import Entry, Member

MEMBERS = ("contestant", "instructor", "leader")


def written_events(actor: Actor) -> list[tuple[str, str]]:
    """Events whose people the actor may write to: those that it organises."""
    found = organised_events(actor).exclude(state="draft").order_by("-edition__year", "code")
    return [(event.code, f"{event.code} {event.name}") for event in found]


def coordinators_in(codes: Sequence[str]) -> list[Addressee]:
    """Who looks after the teams that stand in the events."""
    facts = facts_of_events(codes)
    teams = Entry.objects.filter(event__code__in=codes).exclude(state="withdrawn")
    schools: dict[str, list[dict[str, str]]] = {}
    for uid, name, code in teams.order_by("event").values_list("school__uid", "school__name", "event__code").distinct():
        schools.setdefault(str(uid), []).append({**facts[code], "school": name})
    return coordinators_of(schools)


def members_in(codes: Sequence[str], roles: tuple[str, ...]) -> list[Addressee]:
    """Members of the events' standing teams, by their own account or, without one, as persons."""
    return _addressees(_standing(codes, roles), facts_of_events(codes))


def among_teams(told: Iterable[Addressee], entries: QuerySet[Entry]) -> list[Addressee]:
    """Those of an event's people who belong to some of its teams or look after them."""
    code = entries.values_list("event__code", flat=True).first() or ""
    schools = {str(uid): [dict[str, str]()] for uid in entries.values_list("school__uid", flat=True)}
    members = _addressees(_standing([code], MEMBERS).filter(entry__in=entries), facts_of_events([code]))
    meant = {one.place for one in (*coordinators_of(schools), *members)}
    return [one for one in told if one.place in meant]


def _addressees(members: Any, facts: dict[str, dict[str, str]]) -> list[Addressee]:
    account = Coalesce("person__merged_into__user_id", "person__user_id")  # a merged person's account has moved
    rows = members.annotate(account=account).order_by("pk")
    return [
        Addressee(user, {**facts[code], "school": school}, None if user is not None else person)
        for user, person, school, code in rows.values_list("account", "counts", "entry__school__name", "event__code")
    ]


def mailboxes_of_members(codes: Sequence[str], persons: Collection[int], roles: tuple[str, ...]) -> dict[int, Mailbox]:
    """Phones as the schools wrote them for the events, or the contestants themselves; no e-mail address is asked."""
    found: dict[int, Mailbox] = {}
    for member in _standing(codes, roles).filter(counts__in=persons).order_by("-pk"):
        if phone := member.reveal("phone"):
            found[member.counts] = Mailbox(phone=phone)
    return found


def _standing(codes: Sequence[str], roles: tuple[str, ...]) -> Any:
    """Members of the events' standing teams, each with the key of the person that counts."""
    found = Member.objects.filter(event__code__in=codes, ended_at=None, role__in=roles)
    return found.exclude(entry__state="withdrawn").annotate(counts=Coalesce("person__merged_into_id", "person_id"))


def facts_of_events(codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """What fills the places of notices about the events, by code."""
    return {event.code: event_facts(event) for event in Event.objects.filter(code__in=codes)}


def event_facts(event: Event) -> dict[str, str]:
    """What fills the places of a notice about an event."""
    closes = event.registration_closes_at
    deadline = localtime(closes).strftime("%Y-%m-%d %H:%M") if closes else ""
    return {"event": event.name, "event_code": event.code, "deadline": deadline}
