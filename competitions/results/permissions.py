"""Who tallies, signs and publishes."""

from backend.core.actor import Actor
from backend.people.enums import ScopeKind
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.results.selectors import DUTIES
from competitions.scoring.permissions import is_chief, may_watch


def may_tally(actor: Actor, event: Event) -> bool:
    """The chief judge or the organisers."""
    return is_chief(actor, event) or may_organise(actor, event)


def duty_of(actor: Actor, event: Event) -> str:
    """`chief` or `supervisor` when the actor signs in that duty, "" otherwise."""
    return DUTIES.get(actor.role, "") if actor.scope_key(ScopeKind.EVENT) == event.code else ""


def may_publish(actor: Actor, event: Event) -> bool:
    """Organisers of the event."""
    return may_organise(actor, event)


def may_see_tally(actor: Actor, event: Event) -> bool:
    return may_watch(actor, event)
