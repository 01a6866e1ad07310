"""Who runs a call, who applies, who recommends, who scores."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group
from backend.selection.models import Application, Call, Expert, Offer


def may_call_in(actor: Actor, group: Group | None) -> bool:
    """Secretaries in their own group; the province's calls are the system officers'."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return True
    return group is not None and actor.holds(Role.GROUP_SECRETARY, ScopeKind.GROUP, group.code)


def may_run(actor: Actor, call: Call) -> bool:
    return may_call_in(actor, call.group)


def may_apply(actor: Actor, application: Application) -> bool:
    return actor.holds(Role.SCHOOL_COORDINATOR, ScopeKind.ORGANISATION, str(application.organisation.uid))


def may_recommend(actor: Actor, offer: Offer) -> bool:
    """The secretary of the offer's group; for an offer without one, whoever runs the call."""
    if offer.group is None:
        return may_run(actor, offer.call)
    return may_call_in(actor, offer.group)


def may_score(actor: Actor, expert: Expert) -> bool:
    return actor.role == Role.EXPERT and actor.user_id == expert.user_id
