"""Deciding what a school asks for after approval, by the reviewers whom the event's chain names for it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid
from backend.core.permissions import require
from competitions.registration.errors import SubstitutionClosed
from competitions.registration.models import Entry, Substitution, Withdrawal
from competitions.registration.permissions import may_change, may_decide
from competitions.registration.selectors.requests import Asked, decider_after, request_of
from competitions.registration.services.opening import lock_schools
from competitions.registration.services.telling import tell_school
from realtime.notices import touch


@transaction.atomic
def refuse_request(*, actor: Actor, asked: Asked, answer: str) -> Asked:
    """Say no to a replacement or a withdrawal, with a reason that the school reads."""
    if not answer.strip():
        raise Invalid({"answer": _("Say why: the school reads it.")})
    found = locked_in_turn(actor, asked)
    settle(actor, found, "refuse", answer)
    return found


@transaction.atomic
def take_back_request(*, actor: Actor, asked: Asked) -> Asked:
    """The school no longer asks for it."""
    lock_schools([str(asked.entry.school.uid)])
    found = request_of(actor, type(asked), asked.uid)
    entry = found.entry
    require(may_change(actor, entry), _("Only the entering school and the organisers change this entry."))
    found.state = found.lifecycle.after(found.state, "take_back")
    found.save(update_fields=["state"])
    _record(actor, found, "take_back")
    touch(f"bench:{entry.event.code}")
    return found


def locked_in_turn(actor: Actor, asked: Asked) -> Asked:
    """The request as it stands, held until the caller's transaction ends.

    Raises NotAllowed out of turn, IllegalMove when it is decided already, SubstitutionClosed after the draw.
    """
    lock_schools([str(asked.entry.school.uid)])
    Entry.objects.select_for_update(of=("self",)).get(pk=asked.entry_id)  # a reviewer may decide about the team itself
    type(asked).objects.select_for_update(of=("self",)).get(pk=asked.pk)
    found = request_of(actor, type(asked), asked.uid)
    require(may_decide(actor, found), _("Another reviewer decides about this, as the event's review is set up."))
    if found.state != "asked":
        raise IllegalMove(state=found.state, verb="decide")
    if found.entry.event.state not in ("registering", "registered"):
        raise SubstitutionClosed
    return found


def pass_on(actor: Actor, asked: Substitution | Withdrawal) -> bool:
    """Hand it to the next reviewer of the chain, in the caller's transaction; False when this one is the last."""
    step = decider_after(asked)
    if step is None:
        return False
    asked.review_step = step
    asked.save(update_fields=["review_step"])
    entry = asked.entry
    act = "substitution.pass" if isinstance(asked, Substitution) else "withdrawal.pass"
    record(actor=actor, action=act, subject=entry.ref, event_code=entry.event.code)
    return True


def settle(actor: Actor, asked: Substitution | Withdrawal, verb: str, answer: str) -> None:
    """Write a decision down and tell the school."""
    asked.state = asked.lifecycle.after(asked.state, verb)
    asked.put("answer", answer.strip()[:1000])
    asked.decided_at, asked.decided_by_uid = clock.now(), actor.user_uid
    asked.save(update_fields=["state", "answer_sealed", "decided_at", "decided_by_uid"])
    entry = asked.entry
    _record(actor, asked, verb)
    tell_school(entry=entry, happened=f"{asked.lifecycle.name}_{verb}")
    touch(f"bench:{entry.event.code}")


def _record(actor: Actor, asked: Substitution | Withdrawal, verb: str) -> None:
    entry = asked.entry
    act = f"substitution.{verb}" if isinstance(asked, Substitution) else f"withdrawal.{verb}"
    record(actor=actor, action=act, subject=entry.ref, event_code=entry.event.code)
