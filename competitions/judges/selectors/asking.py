"""From rows to an ask: who can be asked for a round, for which sessions, under which rules."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from backend.core import clock
from backend.core.actor import Actor
from backend.core.clock import SHANGHAI
from backend.core.errors import NotFound
from competitions.contests.models import Event, Round
from competitions.judges.enums import OWN_PROVINCE, Duty
from competitions.judges.models import Declaration, Judge, PanelPlan, PlanPlace
from competitions.judges.rulebook import Ask, Candidate, JudgingRules, Need, Place, Slot, read_judging
from competitions.judges.rulebook.values import Span
from competitions.judges.selectors.bonds import bonds_of
from competitions.judges.selectors.pool import age_of
from competitions.registration.models import Entry
from competitions.venues.models import Session

WHOLE = ""  # key of the slot that is the whole round
ONE_DAY = timedelta(hours=8)  # of a round whose sessions are not set yet


def judging_of(event: Event) -> JudgingRules:
    """What the event's rule set says about judges."""
    return read_judging(event.rule_set.rules)


def candidates_of(event: Event) -> QuerySet[Judge]:
    """Who has agreed to judge and is not kept away; nominations of this event that were refused do not come back."""
    found = Judge.objects.filter(state="available").exclude(
        Q(nominations__event=event) & Q(nominations__state__in=["refused", "withdrawn"])
    )
    return found.select_related("unit", "person").annotate(served=Count("services", distinct=True)).order_by("pk")


def ask_of(round: Round, *, kept: frozenset[Place] = frozenset()) -> Ask:
    """Everything that the composition of a round's panels depends on. kept: places that are not to be changed."""
    event = round.event
    rules = judging_of(event)
    slots = slots_of(round)
    judges = list(candidates_of(event))
    away = _away(judges, round)
    bonds = bonds_of(event, judges)
    first_day = min(s.starts for s in slots).astimezone(SHANGHAI).date()
    people = tuple(
        Candidate(
            key=str(judge.uid),
            unit=judge.unit_key,
            firm=judge.firm,
            outside=judge.province not in ("", OWN_PROVINCE),
            age=age_of(judge, first_day),
            skills=_skills(judge, rules),
            duties=frozenset(judge.duties or [Duty.JUDGE]),
            served=judge.served,  # type: ignore[attr-defined]
            busy=tuple(away.get(judge.pk, ())),
            bonds=bonds.get(judge.pk, ()),
        )
        for judge in judges
    )
    return Ask(people, slots, _needs(slots, rules), rules.panel, rules.skills, kept)


def _skills(judge: Judge, rules: JudgingRules) -> frozenset[str]:
    """The wanted codes that the judge has: a 专业大类 (two digits) counts for every 专业类 and 专业 in it."""
    own = tuple(str(code) for code in judge.skills)
    return frozenset(
        wanted for wanted in rules.skills if any(code.startswith(wanted) or wanted.startswith(code) for code in own)
    )


def slots_of(round: Round) -> tuple[Slot, ...]:
    """The sessions of a round and the round as a whole; without sessions its work is one slot."""
    live = Entry.objects.filter(event=round.event).exclude(state="withdrawn")
    schools = frozenset(str(uid) for uid in live.values_list("school__uid", flat=True))
    sessions = list(Session.objects.filter(round=round).order_by("starts_at", "pk"))
    slots = tuple(Slot(str(s.uid), s.starts_at, s.ends_at, schools) for s in sessions)
    starts = min((s.starts for s in slots), default=_opening(round))
    ends = max((s.ends for s in slots), default=starts + ONE_DAY)
    return (*slots, Slot(WHOLE, starts, ends, schools))


def _opening(round: Round) -> datetime:
    """Nine o'clock on the edition's first day, or today."""
    day = round.event.edition.starts_on or clock.today()
    return datetime.combine(day, time(9), SHANGHAI)


def _needs(slots: tuple[Slot, ...], rules: JudgingRules) -> tuple[Need, ...]:
    sessions = [s for s in slots if s.key != WHOLE] or list(slots)
    judges = [Need(s.key, Duty.JUDGE, rules.judges) for s in sessions]
    return (*judges, *(Need(WHOLE, duty, count) for duty, count in rules.duties.items() if count))


def _away(judges: list[Judge], round: Round) -> dict[int, list[Span]]:
    """When each judge cannot come: days declared, and places in other rounds' confirmed panels."""
    found: dict[int, list[Span]] = defaultdict(list)
    absent = Declaration.objects.filter(judge__in=judges, ended_at=None, school=None)
    for judge, starts_on, ends_on in absent.values_list("judge_id", "starts_on", "ends_on"):
        assert starts_on is not None and ends_on is not None
        begins = datetime.combine(starts_on, time(), SHANGHAI)
        found[judge].append((begins, datetime.combine(ends_on + timedelta(days=1), time(), SHANGHAI)))
    elsewhere = PlanPlace.objects.filter(judge__in=judges, plan__state="confirmed").exclude(plan__round=round)
    whole = elsewhere.annotate(
        begins=Min("plan__round__sessions__starts_at"), ends=Max("plan__round__sessions__ends_at")
    )
    for place in whole.select_related("session", "plan__round__event__edition"):
        if place.session is not None:
            found[place.judge_id].append((place.session.starts_at, place.session.ends_at))
        else:
            begins = place.begins or _opening(place.plan.round)
            found[place.judge_id].append((begins, place.ends or begins + ONE_DAY))
    return found


def plan_of(actor: Actor, event: Event) -> PanelPlan | None:
    """The composition that is being worked on, else the confirmed one, of the event's last round."""
    found = PanelPlan.objects.visible_to(actor).filter(round=last_round(event)).exclude(state="discarded")
    ordered: PanelPlan | None = found.select_related("round__event__rule_set").order_by("-pk").first()
    return ordered


def last_round(event: Event) -> Round:
    """The round that panels are built for."""
    return event.rounds.select_related("event__edition", "event__rule_set").latest("number")


def places_of(plan: PanelPlan) -> QuerySet[PlanPlace]:
    found = PlanPlace.objects.filter(plan=plan).select_related("judge__unit", "judge__person", "session")
    return found.order_by("session__starts_at", "session_id", "duty", "pk")


def choice_of(plan: PanelPlan) -> frozenset[Place]:
    """The composition of a plan as plain values."""
    return frozenset(as_place(place) for place in places_of(plan))


def as_place(place: PlanPlace) -> Place:
    session = str(place.session.uid) if place.session is not None else WHOLE
    return session, place.duty, str(place.judge.uid)


def place_of(actor: Actor, uid: UUID) -> PlanPlace:
    """One place; NotFound when its event is not the actor's."""
    found: PlanPlace | None = (
        PlanPlace.objects.visible_to(actor).select_related("plan__round__event", "judge", "session").filter(uid=uid)
    ).first()
    if found is None:
        raise NotFound
    return found
