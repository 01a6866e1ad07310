"""Who may do what with an event."""

from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events


def may_organise(actor: Actor, event: Event) -> bool:
    """Organisers in the event or its group, group secretaries of its leading or co-groups, system officers."""
    return organised_events(actor).filter(pk=event.pk).exists()
