"""Who arranges venues."""

from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise


def may_arrange(actor: Actor, event: Event) -> bool:
    """Organisers of the event."""
    return may_organise(actor, event)
