"""Organisers of one event only: staff of a host school or of a co-group, who run nothing else."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.people import services as people
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant
from competitions.contests.models import Event
from competitions.contests.permissions import may_appoint


def _require(actor: Actor, event: Event) -> None:
    require(may_appoint(actor, event), _("Secretaries of the event's groups say who organises it."))


@transaction.atomic
def appoint_organiser(*, actor: Actor, event: Event, account_name: str, display_name: str = "") -> people.Appointment:
    """A new account that organises this event and nothing else, with a card for its first password.

    Raises AccountNameTaken, NotAllowed.
    """
    _require(actor, event)
    scope = Ref(ScopeKind.EVENT, event.code, event.name)
    made = people.appoint(
        actor=actor, account_name=account_name, display_name=display_name, role=Role.ORGANISER, scope=scope
    )
    audit.record(actor=actor, action="event.organiser", subject=event.ref, event_code=event.code)
    return made


@transaction.atomic
def let_organise(*, actor: Actor, event: Event, user: User) -> Grant:
    """An account that exists organises this event as well; again: the role it has. Raises NotAllowed."""
    _require(actor, event)
    scope = Ref(ScopeKind.EVENT, event.code, event.name)
    grant = people.grant_role(actor=actor, user=user, role=Role.ORGANISER, scope=scope)
    audit.record(actor=actor, action="event.organiser", subject=event.ref, event_code=event.code)
    return grant


@transaction.atomic
def end_organising(*, actor: Actor, event: Event, grant: UUID) -> Grant:
    """The role in this event ends at once; what was done in it stays. Raises NotFound, NotAllowed."""
    _require(actor, event)
    found = Grant.objects.filter(
        uid=grant, role=Role.ORGANISER, scope_kind=ScopeKind.EVENT, scope_key=event.code
    ).first()
    if found is None:
        raise NotFound
    people.end_role(actor=actor, grant=found)
    return found
