"""Who judges an event: whom its news reaches by an account, and its notices also by a letter alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from backend.accounts.models import User
from backend.notify.selectors import Addressee, Mailbox
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event
from competitions.judges.models import Judge, Seat
from competitions.registration.selectors import event_facts

COUNTS = Coalesce("person__merged_into_id", "person_id")
OFFICIALS = (Role.CHIEF_JUDGE, Role.SUPERVISOR)


def judges_of(event: Event) -> QuerySet[User]:
    """Accounts of the seats, of chief judge and supervisor, and of those who were taken up but hold no seat yet.

    Whoever sits is told at the seat's account, once: it has the judge's address.
    """
    seats = Seat.objects.filter(panel__round__event=event, ended_at=None)
    own = _waiting(event)
    official = {"grants__role__in": OFFICIALS, "grants__scope_kind": ScopeKind.EVENT, "grants__scope_key": event.code}
    found = (
        Q(pk__in=seats.exclude(user=None).values("user"))
        | Q(pk__in=own.exclude(account=None).values("account"))
        | Q(pk__in=User.objects.filter(grants__ended_at=None, **official).values("pk"))
    )
    return User.objects.filter(found, is_active=True).order_by("pk")


def judges_in(code: str) -> list[Addressee]:
    """The same as an audience of notices, and those taken up who have no account."""
    event = Event.objects.get(code=code)
    facts = event_facts(event)
    accounts = [Addressee(pk, facts) for pk in judges_of(event).values_list("pk", flat=True)]
    outside = _waiting(event).filter(account=None).order_by("counts").values_list("counts", flat=True)
    return accounts + [Addressee(None, facts, person) for person in outside.distinct()]


def mailboxes_of_judges(_code: str, persons: Collection[int]) -> dict[int, Mailbox]:
    """Where judges without account are reached, as the pool has it."""
    found: dict[int, Mailbox] = {}
    pool = Judge.objects.annotate(counts=COUNTS).filter(counts__in=persons)
    for judge in pool.order_by("-pk"):  # of a person recorded twice the earlier record counts
        known = found.get(judge.counts, Mailbox())
        found[judge.counts] = Mailbox(judge.reveal("email") or known.email, judge.reveal("phone") or known.phone)
    return found


def _waiting(event: Event) -> Any:
    """Taken up for the event, without a seat: each with the account (None) and the key of the person that counts."""
    seats = Seat.objects.filter(panel__round__event=event, ended_at=None)
    taken_up = Q(nominations__event=event, nominations__state="accepted") | Q(
        places__plan__round__event=event, places__plan__state="confirmed"
    )
    found = Judge.objects.filter(taken_up, state="available").exclude(pk__in=seats.exclude(judge=None).values("judge"))
    account = Coalesce("person__merged_into__user_id", "person__user_id")  # a merged person's account has moved
    return found.annotate(account=account, counts=COUNTS)
