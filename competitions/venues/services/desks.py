"""Check-in desks: an account of its own for each, which signs in by a printed card."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.people import services as people
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant
from competitions.contests.models import Event
from competitions.venues.errors import DeskClosed
from competitions.venues.permissions import may_follow_arrivals


@transaction.atomic
def add_desk(*, actor: Actor, event: Event, name: str, account_name: str = "") -> Grant:
    """A desk such as `North gate 1`; its account holds nothing but the check-in of this event."""
    require(may_follow_arrivals(actor, event))
    if not name.strip():
        raise Invalid({"name": _("The desk needs a name.")})
    user = accounts.create_account(
        actor=actor, account_name=account_name or f"desk-{uuid4().hex[:12]}", display_name=name.strip()[:60]
    )
    grant = people.grant_role(actor=actor, user=user, role=Role.CHECKIN_OFFICER, scope=event.ref)
    audit.record(actor=actor, action="checkin.desk", subject=event.ref, event_code=event.code)
    return grant


def _desk(actor: Actor, event: Event, uid: UUID) -> Grant:
    require(may_follow_arrivals(actor, event))
    found = Grant.objects.filter(
        uid=uid, role=Role.CHECKIN_OFFICER, scope_kind=ScopeKind.EVENT, scope_key=event.code
    ).first()
    if found is None:
        raise NotFound
    # Everybody who prints or closes takes the account first: a closed desk gets no card.
    User.objects.select_for_update().get(pk=found.user_id)
    found.refresh_from_db(fields=["ended_at"])
    if found.ended_at is not None:
        raise DeskClosed
    return found


@transaction.atomic
def print_desk_card(*, actor: Actor, event: Event, desk: UUID) -> tuple[Grant, accounts.CardSecret]:
    """A one-time card for a desk; a former card and the session that it opened end."""
    grant = _desk(actor, event, desk)
    made = accounts.issue_card(actor=actor, user=grant.user, purpose="seat", grant_uid=grant.uid)
    return grant, made


@transaction.atomic
def close_desk(*, actor: Actor, event: Event, desk: UUID) -> None:
    """The desk's role ends at once; what it said stays. Raises DeskClosed."""
    grant = _desk(actor, event, desk)
    people.end_role(actor=actor, grant=grant)
    audit.record(actor=actor, action="checkin.close_desk", subject=event.ref, event_code=event.code)
