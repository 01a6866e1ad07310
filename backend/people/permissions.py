"""Who may grant and end roles, print cards and record organisations."""

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant, Group, MembershipApplication, Organisation
from backend.people.selectors import grants_of

BELOW = {Role.SCHOOL_COORDINATOR, Role.CHIEF_JUDGE, Role.SUPERVISOR, Role.JUDGE, Role.CHECKIN_OFFICER, Role.CONTESTANT}
GRANTABLE: dict[str, set[Role]] = {Role.GROUP_SECRETARY: {Role.ORGANISER, Role.EXPERT, *BELOW}, Role.ORGANISER: BELOW}


def is_system(actor: Actor) -> bool:
    return actor.role in (Role.SYS_ADMIN, "system")


def may_grant(actor: Actor, role: str, scope: Ref) -> bool:
    """System officers everything; secretaries and organisers narrower roles, a group role only in their own group."""
    if is_system(actor):
        return True
    if role not in GRANTABLE.get(actor.role, set()) or scope.kind == ScopeKind.SYSTEM:
        return False
    return scope.kind != ScopeKind.GROUP or actor.holds(actor.role, ScopeKind.GROUP, scope.key)


def may_end(actor: Actor, grant: Grant) -> bool:
    """Who could have given it; a school's role only from the scope in which it was given.

    Scopes above this floor (event, seat, person) are decided by the caller.
    """
    if not may_grant(actor, grant.role, grant.scope):
        return False
    if is_system(actor) or grant.scope_kind != ScopeKind.ORGANISATION:
        return True
    return actor.scope is not None and grant.granted_in == str(actor.scope)


def may_reset(actor: Actor, user: User) -> bool:
    """A card for a new password takes an account over: only where every role of it was given from the actor's scope."""
    if is_system(actor):
        return True
    here, grants = str(actor.scope or ""), grants_of(user)
    mine = (here in (str(grant.scope), grant.granted_in) and may_end(actor, grant) for grant in grants)
    return bool(here and grants) and all(mine)


def may_remove_second_factor(actor: Actor, user: User) -> bool:
    """A system officer for another account, never for the own one: two people stand behind it."""
    return actor.role == Role.SYS_ADMIN and actor.user_id is not None and actor.user_id != user.pk


def offered_roles(actor: Actor) -> list[Role]:
    """Roles that the appointment page offers; a seat's roles come with the seat."""
    if is_system(actor):
        return [Role.GROUP_SECRETARY, Role.ORGANISER, Role.SCHOOL_COORDINATOR, Role.BUREAU_REVIEWER, Role.SYS_ADMIN]
    in_group = actor.scope_key(ScopeKind.GROUP) is not None
    offered = [Role.ORGANISER] if in_group else []
    return [r for r in (*offered, Role.SCHOOL_COORDINATOR) if r in GRANTABLE.get(actor.role, set())]


def may_see_officers(actor: Actor, group: Group) -> bool:
    """Role holders of a group are for its own officers."""
    return is_system(actor) or (may_see_role_holders(actor) and actor.scope_key(ScopeKind.GROUP) == group.code)


def is_group_officer(actor: Actor) -> bool:
    """A secretary or organiser of a whole group; whoever organises one event only is none."""
    return actor.role in (Role.GROUP_SECRETARY, Role.ORGANISER) and actor.scope_key(ScopeKind.GROUP) is not None


def may_see_role_holders(actor: Actor) -> bool:
    return actor.role == Role.SYS_ADMIN or is_group_officer(actor)


def may_set_oversight(actor: Actor) -> bool:
    """A bureau sees its schools' entries in every event: no group decides that, only system officers."""
    return is_system(actor)


def may_record_organisations(actor: Actor) -> bool:
    """Schools are shared by all groups: the officers of each may record one that is missing."""
    return is_system(actor) or is_group_officer(actor)


def may_keep_group(actor: Actor, group: Group) -> bool:
    """The secretariat keeps a group's charter, bodies and register of members."""
    return is_system(actor) or actor.holds(Role.GROUP_SECRETARY, ScopeKind.GROUP, group.code)


def may_apply(actor: Actor, organisation: Organisation) -> bool:
    """Whoever acts for the organisation itself."""
    return actor.holds(actor.role, ScopeKind.ORGANISATION, str(organisation.uid))


def may_decide(actor: Actor, application: MembershipApplication) -> bool:
    """The secretary of the group asked, but never the person who submitted it."""
    own = application.submitted_by_id is not None and application.submitted_by_id == actor.user_id
    return actor.holds(Role.GROUP_SECRETARY, ScopeKind.GROUP, application.group.code) and not own


def may_see_applications(actor: Actor) -> bool:
    """Units with their own, group officers with those to their group."""
    return is_system(actor) or is_group_officer(actor) or actor.scope_key(ScopeKind.ORGANISATION) is not None


def may_import_catalogues(actor: Actor) -> bool:
    """One catalogue serves all groups: system officers take it from its document."""
    return is_system(actor)


def may_merge(actor: Actor) -> bool:
    """Identities are nobody's own: system officers, two of them."""
    return actor.role == Role.SYS_ADMIN


def may_set_statistics(actor: Actor) -> bool:
    """One form serves all groups."""
    return is_system(actor)


def may_rename(actor: Actor) -> bool:
    """A present name shows in every group: secretariats and system officers, by the document of the renaming."""
    return is_system(actor) or actor.role == Role.GROUP_SECRETARY
