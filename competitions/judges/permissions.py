"""Who builds panels, keeps the pool and names judges."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation
from backend.people.permissions import is_group_officer, is_system
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise


def may_build_panels(actor: Actor, event: Event) -> bool:
    """Organisers of the event."""
    return may_organise(actor, event)


def may_keep_pool(actor: Actor) -> bool:
    """Organisers and secretaries of every group: the pool is the province's. Not those of one event only."""
    return is_system(actor) or is_group_officer(actor)


def may_note_conduct(actor: Actor) -> bool:
    """Group secretaries and system officers write and read how a judge served."""
    return actor.role in (Role.GROUP_SECRETARY, Role.SYS_ADMIN, "system")


def may_note_in(actor: Actor, event: Event) -> bool:
    """The event's chief judge, on those who sit there; only secretaries read all notes."""
    return actor.holds(Role.CHIEF_JUDGE, ScopeKind.EVENT, event.code)


def may_nominate(actor: Actor, school: Organisation) -> bool:
    """A school's own coordinator."""
    return actor.holds(Role.SCHOOL_COORDINATOR, ScopeKind.ORGANISATION, str(school.uid))
