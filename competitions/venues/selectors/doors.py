"""What a desk takes along to check in without network: names and digests of codes, nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from backend.core import clock
from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant
from competitions.contests.models import Event
from competitions.registration.models import EntryCard, Member
from competitions.venues.models import ADMISSIONS, CheckIn, Session
from competitions.venues.selectors.arrivals import expected_at, places_of, plan_of, sessions_of

Cards = Mapping[int, list[dict[str, Any]]]


def had_desk(actor: Actor, event_code: str) -> bool:
    """Whether the actor's account was a check-in desk of the event and is none any more."""
    if actor.user_id is None:
        return False
    desks = Grant.objects.filter(user_id=actor.user_id, role=Role.CHECKIN_OFFICER)
    ended = list(desks.filter(scope_kind=ScopeKind.EVENT, scope_key=event_code).values_list("ended_at", flat=True))
    return bool(ended) and all(ended)


def digest_of(token: str) -> str:
    """A card's token as the list names it: tokens have 100 bits, so their digests betray none."""
    return hashlib.sha256(token.encode()).hexdigest()


def doors_list(event: Event, session: Session | None) -> dict[str, Any]:
    """The list of one session for a desk; cards that have ended are named as such."""
    plan = plan_of(event)
    members = list(expected_at(event))
    cards, places = _cards(event), places_of(event)
    inside: set[int | None] = set(
        CheckIn.objects.filter(event=event, session=session, verdict__in=ADMISSIONS).values_list("member_id", flat=True)
    )
    return {
        "event": {"code": event.code, "name": event.name, "name_en": event.name_en},
        "papers": plan.papers,
        "late_minutes": plan.late_minutes,
        "sessions": [_session(s) for s in sessions_of(event).select_related("round")],
        "people": [
            {**_person(member, cards, inside), "places": [s.uid for s in places.get(member.entry_id, ())]}
            for member in members
        ],
        "made_at": clock.now(),
    }


def _session(session: Session) -> dict[str, Any]:
    fields = {name: getattr(session, name) for name in ("uid", "name", "starts_at", "ends_at")}
    return {**fields, "round": session.round.uid, "venue": session.venue.name}


def _cards(event: Event) -> Cards:
    found: dict[int, list[dict[str, Any]]] = {}
    for card in EntryCard.objects.filter(member__event=event, member__role="contestant"):
        line = {"uid": card.uid, "digest": digest_of(card.token), "ended": card.ended_at is not None}
        found.setdefault(card.member_id, []).append(line)
    return found


def _person(
    member: Member, cards: Mapping[int, list[dict[str, Any]]], inside: Collection[int | None]
) -> dict[str, Any]:
    return {
        "uid": member.uid,
        "name": member.reveal("name"),
        "school": member.entry.school.name,
        "team": member.entry.team_number,
        "inside": member.pk in inside,
        "cards": cards.get(member.pk, []),
    }
