"""Questions about what schools ask for after approval: replacements and withdrawals, and who decides them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role
from competitions.contests.models import Event
from competitions.registration.models import Entry, Substitution, Withdrawal
from competitions.registration.rulebook.reviewing import BUREAU, ORGANISER, deciding_steps
from competitions.registration.selectors.reviewing import plan_of, plans_of

Asked = TypeVar("Asked", Substitution, Withdrawal)
_ALONG = ("entry__event__edition", "entry__event__rule_set", "entry__school__overseen_by")


def deciders_of(entry: Entry) -> tuple[int, ...]:
    """The steps of the event's plan that decide about a change of this entry after approval, in order."""
    plan = plan_of(entry.event)
    overseen = entry.school.overseen_by_id is not None
    return deciding_steps(plan.steps, overseen=overseen, in_turn=plan.changes_decided_by == "all")


def first_decider(entry: Entry) -> int:
    """The step that looks at a request first; past the end of the chain where the organisers decide."""
    return next(iter(deciders_of(entry)), len(plan_of(entry.event).steps))


def decider_after(asked: Substitution | Withdrawal) -> int | None:
    """The step that decides after the present one; None when the present one is the last."""
    return next((step for step in deciders_of(asked.entry) if step > asked.review_step), None)


def decider_of(asked: Substitution | Withdrawal) -> str:
    """The kind of reviewer who decides now."""
    return deciders_now([asked])[0]


def deciders_now(found: Sequence[Substitution | Withdrawal]) -> list[str]:
    """For each the kind of reviewer who decides now, in one query. found: with event and edition."""
    plans = plans_of({asked.entry.event for asked in found})
    return [_kind(plans[asked.entry.event_id].steps, asked.review_step) for asked in found]


def _kind(steps: Sequence[str], step: int) -> str:
    return steps[step] if step < len(steps) else ORGANISER


def substitution_of(actor: Actor, uid: UUID) -> Substitution:
    return request_of(actor, Substitution, uid)


def withdrawal_of(actor: Actor, uid: UUID) -> Withdrawal:
    return request_of(actor, Withdrawal, uid)


def request_of(actor: Actor, kind: type[Asked], uid: UUID) -> Asked:
    """A request that the actor may see, with its entry, event and school; else NotFound."""
    also = ("leaving__person",) if kind is Substitution else ()
    rows: QuerySet[Asked] = kind.objects.visible_to(actor)
    found = rows.select_related(*also, *_ALONG).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def substitutions_to_decide(actor: Actor) -> QuerySet[Substitution]:
    """The replacements that wait for this actor, the longest waiting first."""
    return _mine(actor, Substitution.objects.visible_to(actor)).select_related("leaving__person")


def withdrawals_to_decide(actor: Actor) -> QuerySet[Withdrawal]:
    """The withdrawals that wait for this actor, the longest waiting first."""
    return _mine(actor, Withdrawal.objects.visible_to(actor))


def _mine(actor: Actor, rows: QuerySet[Asked]) -> QuerySet[Asked]:
    kind = BUREAU if actor.role == Role.BUREAU_REVIEWER else ORGANISER
    found = rows.filter(state="asked").select_related(*_ALONG)
    events = Event.objects.filter(pk__in=found.values("entry__event")).select_related("edition")
    waiting = Q(pk=None)
    for pk, plan in plans_of(events).items():
        steps = [n for n, step in enumerate(plan.steps) if step == kind]
        turn = Q(review_step__in=steps)
        waiting |= Q(entry__event=pk) & (turn | Q(review_step__gte=len(plan.steps)) if kind == ORGANISER else turn)
    return found.filter(waiting).order_by("asked_at", "pk")
