"""Who may do what with an event."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group
from competitions.contests.models import Edition, Event
from competitions.contests.selectors import organised_events


def may_organise(actor: Actor, event: Event) -> bool:
    """Organisers in the event or its group, group secretaries of its leading or co-groups, system officers."""
    return organised_events(actor).filter(pk=event.pk).exists()


def may_appoint(actor: Actor, event: Event) -> bool:
    """Who organises one event is said by the secretaries of its groups and by system officers."""
    return actor.role != Role.ORGANISER and may_organise(actor, event)


def may_name_hosts(actor: Actor, event: Event) -> bool:
    """Organisers of the event, but not those of this event only: they come from the host."""
    return actor.scope_key(ScopeKind.EVENT) is None and may_organise(actor, event)


def may_organise_in(actor: Actor, group: Group) -> bool:
    """Whether new events of that group are this actor's to make."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return True
    return actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY) and actor.scope_key(ScopeKind.GROUP) == group.code


def may_run(actor: Actor, edition: Edition | None) -> bool:
    """Whether the actor organises every event of the edition, or looks after the whole system.

    An edition without events is run by the organisers of the group that set it up.
    """
    if actor.role in (Role.SYS_ADMIN, "system"):
        return True
    if edition is None:
        return False
    events = Event.objects.filter(edition=edition)
    if not events.exists():
        return edition.set_up_by is not None and may_organise_in(actor, edition.set_up_by)
    return not events.exclude(pk__in=organised_events(actor).values("pk")).exists()
