"""Roles: given downwards in a scope, ended at once, never deleted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.people.models import Grant, Person
from backend.people.permissions import is_system, may_end, may_grant, may_remove_second_factor, may_reset
from backend.people.signals import role_ended, role_given


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody in a role; card: for the first password of a new account, to be printed at once."""

    user: User
    grant: Grant
    card: accounts.CardSecret | None = None


@transaction.atomic
def grant_role(*, actor: Actor, user: User, role: str, scope: Ref) -> Grant:
    """Give an account a role in a scope; giving it again returns the live grant.

    For a scope above this floor (event, seat, person) the caller has decided that the actor may act there.
    """
    require(may_grant(actor, role, scope))
    grant, made = Grant.objects.get_or_create(
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_key=scope.key,
        ended_at=None,
        defaults={
            "scope_label": scope.label,
            "granted_by_id": actor.user_id,
            "granted_in": str(actor.scope or ""),
        },
    )
    if made:
        subject = accounts.account_ref(user)
        audit.record(actor=actor, action="role.grant", subject=subject, role=role, scope=str(scope))
        role_given.send(sender=Grant, user=user, role=role, scope=scope, actor=actor)
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant: Grant) -> None:
    """End a role at once: the next request and the open sockets notice. Ending it again does nothing."""
    require(may_end(actor, grant))
    if not Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=clock.now()):
        return
    subject, scope = accounts.account_ref(grant.user), grant.scope
    audit.record(actor=actor, action="role.end", subject=subject, role=grant.role, scope=str(scope))
    uid = grant.user.uid
    transaction.on_commit(lambda: role_ended.send(sender=Grant, user_uid=uid, scope=scope), robust=True)


@transaction.atomic
def appoint(*, actor: Actor, account_name: str, display_name: str, role: str, scope: Ref) -> Appointment:
    """A new account with its first role and a card for its first password. Raises AccountNameTaken."""
    require(may_grant(actor, role, scope))
    user = accounts.create_account(actor=actor, account_name=account_name, display_name=display_name)
    grant = grant_role(actor=actor, user=user, role=role, scope=scope)
    return Appointment(user, grant, accounts.issue_card(actor=actor, user=user, purpose="password"))


def issue_password_card(*, actor: Actor, user: User) -> accounts.CardSecret:
    """A card for a new password of an account, all of whose roles the actor could have given himself."""
    require(may_reset(actor, user))
    return accounts.issue_card(actor=actor, user=user, purpose="password")


@transaction.atomic
def replace_second_factor(*, actor: Actor, user: User) -> accounts.CardSecret:
    """A lost phone: another system officer takes the authenticator away; the card in hand sets a new password."""
    require(may_remove_second_factor(actor, user), _("Another system officer takes a lost authenticator away."))
    accounts.remove_second_factor(actor=actor, user=user)
    return accounts.issue_card(actor=actor, user=user, purpose="password")


@transaction.atomic
def link_account(*, actor: Actor, person: Person, user: User) -> None:
    """Let a person act by an account of their own: they see what they take part in, and their certificates."""
    require(is_system(actor), _("System officers link accounts to persons."))
    Person.objects.filter(pk=person.canonical.pk).update(user=user)
    audit.record(actor=actor, action="person.link", subject=person.ref, account=user.account_name)
