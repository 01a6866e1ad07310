"""Schools name judges for an event; its organisers accept or refuse."""

from __future__ import annotations

from django.db import transaction

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.models import Organisation, same_person
from backend.people.selectors import match_organisations
from competitions.contests.models import Event
from competitions.judges.errors import (
    AlreadyNamed,
    NominationsAreOver,
    OwnStaff,
    ReasonMissing,
    TakesPart,
    TooManyNominations,
)
from competitions.judges.models import NOMINATION, Judge, Nomination
from competitions.judges.permissions import may_build_panels, may_nominate
from competitions.judges.selectors.asking import judging_of
from competitions.judges.selectors.pool import LIVE, live_nominations
from competitions.judges.services.pool import JudgeDraft, put_into_pool
from competitions.registration.models import Member

NAMING = ("registering", "registered")  # states of an event in which judges are named


@transaction.atomic
def nominate(*, actor: Actor, event: Event, school: Organisation, draft: JudgeDraft) -> Nomination:
    """A school names somebody for an event.

    Raises NominationsAreOver, TooManyNominations, OwnStaff, TakesPart, AlreadyNamed.
    """
    event = Event.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=event.pk)
    require(may_nominate(actor, school))
    if event.state not in NAMING:
        raise NominationsAreOver
    rules = judging_of(event)
    if rules.nominations_max is not None and live_nominations(event, school) >= rules.nominations_max:
        raise TooManyNominations(limit=rules.nominations_max)
    judge = put_into_pool(actor=actor, draft=draft)
    written = match_organisations([draft.unit_name]).get(draft.unit_name)
    if not rules.own_staff and school.pk in (judge.unit_id, written.pk if written else None):
        raise OwnStaff
    _check(event, judge)
    nomination = Nomination.objects.create(event=event, school=school, judge=judge)
    audit.record(actor=actor, action="nomination.make", subject=nomination.ref, event_code=event.code)
    return nomination


def _check(event: Event, judge: Judge) -> None:
    members = Member.objects.filter(same_person("person", judge.person.canonical.pk), event=event, ended_at=None)
    if members.exclude(entry__state="withdrawn").exists():
        raise TakesPart
    if Nomination.objects.filter(event=event, judge=judge, state__in=LIVE).exists():
        raise AlreadyNamed


@transaction.atomic
def withdraw(*, actor: Actor, nomination: Nomination) -> Nomination:
    """The school takes a name back."""
    require(may_nominate(actor, nomination.school))
    return _decide(actor, nomination, "withdraw", "")


@transaction.atomic
def accept(*, actor: Actor, nomination: Nomination) -> Nomination:
    """The organisers take a name up; the judge still has to agree."""
    require(may_build_panels(actor, nomination.event))
    return _decide(actor, nomination, "accept", "")


@transaction.atomic
def refuse(*, actor: Actor, nomination: Nomination, reason: str) -> Nomination:
    """The organisers refuse a name. Raises ReasonMissing."""
    require(may_build_panels(actor, nomination.event))
    if not reason.strip():
        raise ReasonMissing
    return _decide(actor, nomination, "refuse", reason.strip()[:200])


def _decide(actor: Actor, nomination: Nomination, verb: str, reason: str) -> Nomination:
    found = Nomination.objects.select_for_update(of=("self",)).select_related("event").get(pk=nomination.pk)
    found.state, found.reason, found.decided_at = NOMINATION.after(found.state, verb), reason, clock.now()
    found.save(update_fields=["state", "reason", "decided_at"])
    audit.record(actor=actor, action=f"nomination.{verb}", subject=found.ref, event_code=found.event.code)
    return found
