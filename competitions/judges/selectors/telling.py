"""Who judges an event: whom its news reaches by an account, and its notices also by a letter alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from backend.notify.selectors import Addressee, Mailbox
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant
from competitions.judges.models import Judge, Seat
from competitions.registration.selectors import facts_of_events

COUNTS = Coalesce("person__merged_into_id", "person_id")
OFFICIALS = (Role.CHIEF_JUDGE, Role.SUPERVISOR)


def judges_in(codes: Sequence[str]) -> list[Addressee]:
    """Accounts of the seats, of chief judge and supervisor, and those who were taken up but hold no seat yet.

    Whoever sits is told at the seat's account, once: it has the judge's address. The others are told by their own
    account or, without one, as persons.
    """
    facts = facts_of_events(codes)
    seats = Seat.objects.filter(panel__round__event__code__in=codes, ended_at=None).order_by("pk")
    pairs = list(seats.exclude(user=None).values_list("user", "panel__round__event__code"))
    grants = Grant.objects.live().filter(role__in=OFFICIALS, scope_kind=ScopeKind.EVENT, scope_key__in=codes)
    pairs += grants.order_by("pk").values_list("user", "scope_key")
    sitting = set(seats.exclude(judge=None).values_list("judge", "panel__round__event__code"))
    found = {(user, None, code) for user, code in pairs}
    for judge, code in _taken_up(codes):
        if (judge.pk, code) not in sitting:
            found.add((judge.account, None if judge.account is not None else judge.counts, code))
    return [Addressee(user, facts[code], person) for user, person, code in sorted(found, key=_steady)]


def mailboxes_of_judges(_codes: Sequence[str], persons: Collection[int]) -> dict[int, Mailbox]:
    """Where judges without account are reached, as the pool has it."""
    found: dict[int, Mailbox] = {}
    pool = Judge.objects.annotate(counts=COUNTS).filter(counts__in=persons)
    for judge in pool.order_by("-pk"):  # of a person recorded twice the earlier record counts
        known = found.get(judge.counts, Mailbox())
        found[judge.counts] = Mailbox(judge.reveal("email") or known.email, judge.reveal("phone") or known.phone)
    return found


def _taken_up(codes: Sequence[str]) -> list[tuple[Any, str]]:
    """Taken up for the events: each judge with the account (None) and the key of the person that counts, per event."""
    account = Coalesce("person__merged_into__user_id", "person__user_id")  # a merged person's account has moved
    pool = Judge.objects.filter(state="available").annotate(account=account, counts=COUNTS)
    named = pool.filter(nominations__event__code__in=codes, nominations__state="accepted")
    placed = pool.filter(places__plan__round__event__code__in=codes, places__plan__state="confirmed")
    pairs = [(judge, judge.code) for judge in named.annotate(code=F("nominations__event__code"))]
    return pairs + [(judge, judge.code) for judge in placed.annotate(code=F("places__plan__round__event__code"))]


def _steady(found: tuple[int | None, int | None, str]) -> tuple[int, int, str]:
    user, person, code = found
    return user or 0, person or 0, code
