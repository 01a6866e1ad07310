"""Who steers and who watches an event's boards."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise


def may_set_board(actor: Actor, event: Event) -> bool:
    """The event's organisers."""
    return may_organise(actor, event)


def may_watch_jury(actor: Actor, event: Event) -> bool:
    """Chief judge and supervisor of the event, and its organisers."""
    officers = (Role.CHIEF_JUDGE, Role.SUPERVISOR)
    return any(actor.holds(role, ScopeKind.EVENT, event.code) for role in officers) or may_organise(actor, event)


def may_open_workbench(actor: Actor, event: Event) -> bool:
    """The event's organisers."""
    return may_organise(actor, event)
