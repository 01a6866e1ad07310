"""Panels: proposed by the solver, changed by hand under the same rules, confirmed into panels and seats."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import services as accounts
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.notify import services as notify
from competitions.contests.models import Round
from competitions.judges.enums import Duty
from competitions.judges.errors import BreaksAHardRule, PanelsAreConfirmed, PlanIsOld, ReasonMissing
from competitions.judges.models import PLAN, Judge, PanelPlan, PlanPlace
from competitions.judges.permissions import may_build_panels
from competitions.judges.rulebook import Answer, Ask, answer, cost, hard_breaches, worth
from competitions.judges.selectors.asking import WHOLE, as_place, ask_of, candidates_of, choice_of, places_of
from competitions.judges.selectors.changing import Change, change_of
from competitions.judges.services.seating import add_panel, add_seat, address_of, appoint
from competitions.judges.services.solving import solve
from competitions.venues.models import Session

OPEN = ("proposed", "impossible")
OFFICIALS = (Duty.CHIEF, Duty.SUPERVISOR)
PRICED = 4000  # candidates × places up to which each person's worth is worked out


@transaction.atomic
def propose(*, actor: Actor, round: Round) -> PanelPlan:
    """The best composition of a round's panels under its rules; places put by hand stay.

    When the rules clash the plan is `impossible` and holds the composition in which the fewest rules give way.
    Raises PanelsAreConfirmed.
    """
    round = _locked(round)
    require(may_build_panels(actor, round.event))
    plan, kept = _opened(round)
    free = {str(uid) for uid in candidates_of(round.event).values_list("uid", flat=True)}
    by_hand = [p for p in places_of(plan) if p.by_hand and str(p.judge.uid) in free] if plan.pk else []
    ask = ask_of(round, kept=frozenset(as_place(p) for p in by_hand))
    found = answer(ask, solve)
    plan.state = "proposed" if found.found else "impossible"
    plan.report = _report(ask, found)
    plan.save()
    _write(plan, found, {as_place(p): p for p in by_hand})
    audit.record(actor=actor, action="panel_plan.propose", subject=plan.ref, event_code=round.event.code, kept=kept)
    return plan


def _locked(round: Round) -> Round:
    found = Round.objects.select_for_update(of=("self",)).select_related("event__edition", "event__rule_set")
    return found.get(pk=round.pk)


def _opened(round: Round) -> tuple[PanelPlan, int]:
    """The plan that is open, or a new one; and how many of its places were put by hand."""
    if PanelPlan.objects.filter(round=round, state="confirmed").exists():
        raise PanelsAreConfirmed
    plan = PanelPlan.objects.filter(round=round, state__in=OPEN).first() or PanelPlan(round=round)
    return plan, PlanPlace.objects.filter(plan=plan, by_hand=True).count() if plan.pk else 0


def _report(ask: Ask, found: Answer) -> dict[str, Any]:
    """What the page explains, in codes and keys; nothing personal."""
    if not found.found:
        broken = [{"rule": b.rule, "slot": b.slot, "duty": b.duty, "by": b.by} for b in found.broken]
        return {"clash": list(found.clash), "broken": broken}
    points = cost(ask, found.choice)
    keys = sorted({place[2] for place in found.choice})
    priced = keys if len(ask.candidates) * len(found.choice) <= PRICED else []
    return {"cost": points, "worth": {key: worth(ask, key, points, solve) for key in priced}}


def _write(plan: PanelPlan, found: Answer, by_hand: dict[Any, PlanPlace]) -> None:
    choice = found.choice if found.found else found.relief
    judges = {str(j.uid): j for j in Judge.objects.filter(uid__in={place[2] for place in choice})}
    sessions = {str(s.uid): s for s in Session.objects.filter(round=plan.round)}
    PlanPlace.objects.filter(plan=plan).delete()
    PlanPlace.objects.bulk_create(
        PlanPlace(
            plan=plan,
            session=sessions.get(slot),
            duty=duty,
            judge=judges[key],
            by_hand=(slot, duty, key) in by_hand,
            reason=by_hand[slot, duty, key].reason if (slot, duty, key) in by_hand else "",
        )
        for slot, duty, key in sorted(choice)
    )


@transaction.atomic
def change(*, actor: Actor, place: PlanPlace, judge: Judge, reason: str) -> PlanPlace:
    """Somebody else in a place. Raises BreaksAHardRule; ReasonMissing when a soft rule is broken without one."""
    plan = _open_plan(actor, place.plan)
    place = PlanPlace.objects.select_related("judge", "session", "plan__round").get(pk=place.pk)
    made = change_of(ask_of(plan.round), choice_of(plan), as_place(place), str(judge.uid))
    _permit(made, reason)
    place.judge, place.by_hand, place.reason = judge, True, reason.strip()[:200]
    place.save(update_fields=["judge", "by_hand", "reason"])
    _renew(plan)
    audit.record(
        actor=actor,
        action="panel_plan.change",
        subject=plan.ref,
        event_code=plan.round.event.code,
        rules=sorted(b.rule for b in made.added),
    )
    return place


@transaction.atomic
def fill(*, actor: Actor, plan: PanelPlan, slot: str, duty: str, judge: Judge, reason: str) -> PlanPlace:
    """Somebody in a place that the proposal left vacant. slot: a session's uid, "" for the whole round."""
    plan = _open_plan(actor, plan)
    session = None if slot == WHOLE else Session.objects.filter(round=plan.round, uid=UUID(slot)).first()
    if slot != WHOLE and session is None:
        raise NotFound
    made = change_of(ask_of(plan.round), choice_of(plan), (slot, duty, ""), str(judge.uid))
    _permit(made, reason)
    place = PlanPlace.objects.create(
        plan=plan, session=session, duty=duty, judge=judge, by_hand=True, reason=reason.strip()[:200]
    )
    _renew(plan)
    audit.record(
        actor=actor,
        action="panel_plan.fill",
        subject=plan.ref,
        event_code=plan.round.event.code,
        rules=sorted(b.rule for b in made.added),
    )
    return place


def _permit(made: Change, reason: str) -> None:
    if made.hard:
        raise BreaksAHardRule(rules=sorted({b.rule for b in made.hard}))
    if made.soft and not reason.strip():
        raise ReasonMissing


def _open_plan(actor: Actor, plan: PanelPlan) -> PanelPlan:
    round = _locked(plan.round)
    require(may_build_panels(actor, round.event))
    plan = PanelPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.state not in OPEN:
        raise PanelsAreConfirmed
    plan.round = round
    return plan


def _renew(plan: PanelPlan) -> None:
    """After a change by hand the cost is another, and what was impossible may be mended."""
    ask, choice = ask_of(plan.round), choice_of(plan)
    if hard_breaches(ask, choice):
        return
    if plan.state == "impossible":
        plan.state = PLAN.after(plan.state, "mend")
    plan.report = {"cost": cost(ask, choice), "worth": {}}
    plan.save(update_fields=["state", "report"])


@transaction.atomic
def discard(*, actor: Actor, plan: PanelPlan) -> None:
    """Throw a proposal away, with what was put by hand."""
    plan = _open_plan(actor, plan)
    plan.state = PLAN.after(plan.state, "discard")
    plan.save(update_fields=["state"])
    audit.record(actor=actor, action="panel_plan.discard", subject=plan.ref, event_code=plan.round.event.code)


@transaction.atomic
def confirm(*, actor: Actor, plan: PanelPlan) -> PanelPlan:
    """Turn a proposal into panels with seats, and give chief judge and supervisors their roles.

    Raises PlanIsOld when a hard rule is broken by now, SeatsAreSettled once scoring is open.
    """
    plan = _open_plan(actor, plan)
    if hard_breaches(ask_of(plan.round), choice_of(plan)):
        raise PlanIsOld
    plan.state, plan.confirmed_at = PLAN.after(plan.state, "confirm"), clock.now()
    plan.save(update_fields=["state", "confirmed_at"])
    panels: dict[int | None, Any] = {}
    for place in places_of(plan):
        if place.duty == Duty.JUDGE:
            if place.session_id not in panels:
                panels[place.session_id] = _panel(actor, plan.round, place, len(panels) + 1)
            judge = place.judge
            add_seat(
                actor=actor,
                panel=panels[place.session_id],
                display_name=judge.reveal("name"),
                unit=judge.unit,
                judge=judge,
            )
        elif place.duty in OFFICIALS:
            _appoint(actor, plan, place)
    audit.record(
        actor=actor, action="panel_plan.confirm", subject=plan.ref, event_code=plan.round.event.code, panels=len(panels)
    )
    return plan


def _panel(actor: Actor, round: Round, place: PlanPlace, number: int) -> Any:
    name = place.session.name if place.session is not None else ""
    taken = set(round.panels.values_list("name", flat=True))
    wanted = name or f"第{number}组"
    return add_panel(actor=actor, round=round, name=wanted if wanted not in taken else f"{wanted[:34]} {number}")


def _appoint(actor: Actor, plan: PanelPlan, place: PlanPlace) -> None:
    """The account of the person (made when there is none) becomes the event's chief judge or supervisor."""
    event, judge = plan.round.event, place.judge
    user = judge.person.user
    if user is None:
        user = accounts.create_account(
            actor=actor, account_name=f"{place.duty}-{place.uid.hex[:12]}", display_name=judge.reveal("name")[:60]
        )
        if email := address_of(judge):
            notify.record_address(actor=actor, user=user, email=email)
    appoint(actor=actor, event=event, user=user, duty=place.duty)
