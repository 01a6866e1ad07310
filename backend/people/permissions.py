"""Who may grant and end roles."""

from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind

GRANTABLE = {
    Role.GROUP_SECRETARY: {Role.ORGANISER, Role.SCHOOL_COORDINATOR, Role.CHIEF_JUDGE, Role.SUPERVISOR, Role.JUDGE},
    Role.ORGANISER: {Role.SCHOOL_COORDINATOR, Role.CHIEF_JUDGE, Role.SUPERVISOR, Role.JUDGE, Role.CONTESTANT},
}


def may_grant(actor: Actor, role: str, scope: Ref) -> bool:
    """System officers everything; secretaries and organisers narrower roles, a group role only in their own group."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return True
    if role not in GRANTABLE.get(Role(actor.role) if actor.role in set(Role) else Role.CONTESTANT, set()):
        return False
    return scope.kind != ScopeKind.GROUP or actor.holds(actor.role, ScopeKind.GROUP, scope.key)


def may_see_role_holders(actor: Actor) -> bool:
    return actor.role in (Role.SYS_ADMIN, Role.GROUP_SECRETARY, Role.ORGANISER)
