"""Who judges an event, as far as they have an account: whom notices and news of the event reach."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from backend.accounts.models import User
from backend.notify.selectors import Addressee
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event
from competitions.judges.models import Judge, Seat
from competitions.registration.selectors import event_facts

OFFICIALS = (Role.CHIEF_JUDGE, Role.SUPERVISOR)


def judges_of(event: Event) -> QuerySet[User]:
    """Accounts of the seats, of chief judge and supervisor, and of those who were taken up but hold no seat yet.

    Whoever sits is told at the seat's account, once: it has the judge's address.
    """
    seats = Seat.objects.filter(panel__round__event=event, ended_at=None)
    taken_up = Q(nominations__event=event, nominations__state="accepted") | Q(
        places__plan__round__event=event, places__plan__state="confirmed"
    )
    waiting = Judge.objects.filter(taken_up, state="available").exclude(
        pk__in=seats.exclude(judge=None).values("judge")
    )
    own = waiting.annotate(account=Coalesce("person__merged_into__user_id", "person__user_id"))
    official = {"grants__role__in": OFFICIALS, "grants__scope_kind": ScopeKind.EVENT, "grants__scope_key": event.code}
    found = (
        Q(pk__in=seats.exclude(user=None).values("user"))
        | Q(pk__in=own.exclude(account=None).values("account"))
        | Q(pk__in=User.objects.filter(grants__ended_at=None, **official).values("pk"))
    )
    return User.objects.filter(found, is_active=True).order_by("pk")


def judges_in(code: str) -> list[Addressee]:
    """The same as an audience of notices."""
    event = Event.objects.get(code=code)
    facts = event_facts(event)
    return [Addressee(pk, facts) for pk in judges_of(event).values_list("pk", flat=True)]
