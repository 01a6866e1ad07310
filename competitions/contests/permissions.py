"""Who may do what with an event."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group
from competitions.contests.models import Edition, Event
from competitions.contests.selectors import organised_events


def may_organise(actor: Actor, event: Event) -> bool:
    """Organisers in the event or its group, group secretaries of its leading or co-groups, system officers."""
    return organised_events(actor).filter(pk=event.pk).exists()


def may_organise_in(actor: Actor, group: Group) -> bool:
    """Whether new events of that group are this actor's to make."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return True
    return actor.role in (Role.ORGANISER, Role.GROUP_SECRETARY) and actor.scope_key(ScopeKind.GROUP) == group.code


def may_run(actor: Actor, edition: Edition | None) -> bool:
    """Whether the actor organises every event of the edition (at least one), or looks after the whole system."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return True
    if edition is None:
        return False
    own = organised_events(actor).filter(edition=edition).values("pk")
    return own.exists() and not Event.objects.filter(edition=edition).exclude(pk__in=own).exists()
