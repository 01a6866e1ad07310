"""A unit that has no account yet is invited into a group: recorded, given an account, its application begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.enums import MemberKind, Purpose, Role
from backend.people.models import OPEN, Group, MembershipApplication, Organisation
from backend.people.permissions import may_keep_group
from backend.people.rulebook import KIND_OF, read_credit_code
from backend.people.selectors import match_organisation, role_holders_in
from backend.people.services.memberships import drafted, live_membership
from backend.people.services.organisations import record_organisation
from backend.people.services.roles import appoint


@dataclass(frozen=True, slots=True)
class Invited:
    """card: for the first password of the new account, to be handed over at once."""

    user: User
    application: MembershipApplication
    card: accounts.CardSecret


@transaction.atomic
def invite_unit(
    *, actor: Actor, group: Group, name: str, kind: str, account_name: str, uscc: str = "", display_name: str = ""
) -> Invited:
    """Give a unit that wants to join its account, with a draft of its application to finish.

    An organisation that is not recorded yet is recorded; kind: of member. Raises Invalid with every problem.
    """
    locked = Group.objects.select_for_update().get(pk=group.pk)
    require(may_keep_group(actor, locked))
    known, _near = match_organisation(name)
    problems = _problems(locked, known, uscc, account_name)
    if problems:
        raise Invalid(problems)
    unit = known or record_organisation(actor=actor, name=name, kind=KIND_OF[MemberKind(kind)], uscc=uscc)
    role = Role.SCHOOL_COORDINATOR
    made = appoint(actor=actor, account_name=account_name, display_name=display_name, role=role, scope=unit.ref)
    assert made.card is not None
    found = MembershipApplication.objects.filter(group=locked, organisation=unit, state__in=OPEN).first()
    draft = {"purpose": Purpose.JOIN, "kind": kind, "effective_on": clock.today()}
    application = found or drafted(actor, locked, unit, **draft)
    audit.record(actor=actor, action="membership.invite", subject=application.ref)
    return Invited(made.user, application, made.card)


def _problems(group: Group, known: Organisation | None, uscc: str, account_name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if known is not None and live_membership(group, known) is not None:
        found["name"] = _("This organisation is a member of the group already.")
    elif known is not None and role_holders_in("organisation", str(known.uid)).exists():
        found["name"] = _("This organisation has an account already; it applies with that one.")
    owner = Organisation.objects.filter(uscc=uscc).first() if uscc else None
    if uscc and read_credit_code(uscc):
        found["uscc"] = _("This is no unified social credit code: 18 places, the last one a check digit.")
    elif owner is not None and owner != known:
        found["uscc"] = _("This code is recorded for %(name)s.") % {"name": owner.name}
    elif known is not None and uscc and known.uscc not in ("", uscc):
        found["uscc"] = _("Another code is recorded for this organisation.")
    if User.objects.filter(account_name=account_name).exists():
        found["account_name"] = _("There is an account with this name already. Choose another one.")
    return found
