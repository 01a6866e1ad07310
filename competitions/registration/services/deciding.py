"""Deciding what a school asks for after approval, by the reviewers whom the event's chain names for it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid
from backend.core.permissions import require
from competitions.registration.errors import SubstitutionClosed
from competitions.registration.models import SUBSTITUTION, Substitution, Withdrawal
from competitions.registration.permissions import may_decide
from competitions.registration.selectors.requests import decider_after
from competitions.registration.services.telling import tell_school
from realtime.notices import touch


def require_turn(actor: Actor, asked: Substitution | Withdrawal) -> None:
    """Raises NotAllowed out of turn, IllegalMove when it is decided already, SubstitutionClosed after the draw."""
    require(may_decide(actor, asked), _("Another reviewer decides about this, as the event's review is set up."))
    if asked.state != "asked":
        raise IllegalMove(state=asked.state, verb="decide")
    if asked.entry.event.state not in ("registering", "registered"):
        raise SubstitutionClosed


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
    asked.state = SUBSTITUTION.after(asked.state, verb)
    asked.put("answer", answer.strip()[:1000])
    asked.decided_at, asked.decided_by_uid = clock.now(), actor.user_uid
    asked.save(update_fields=["state", "answer_sealed", "decided_at", "decided_by_uid"])
    entry = asked.entry
    swap = isinstance(asked, Substitution)
    act = f"substitution.{verb}" if swap else f"withdrawal.{verb}"
    record(actor=actor, action=act, subject=entry.ref, event_code=entry.event.code)
    tell_school(entry=entry, happened=f"substitution_{verb}" if swap else f"withdrawal_{verb}")
    touch(f"bench:{entry.event.code}")


def require_answer(answer: str) -> None:
    if not answer.strip():
        raise Invalid({"answer": _("Say why: the school reads it.")})
