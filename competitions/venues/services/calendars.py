"""Secret calendar links: made once for a role, renewed or ended at any time."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.models import Grant
from competitions.venues.models import CalendarLink
from competitions.venues.selectors.calendars import own_grant


@transaction.atomic
def renew_own_calendar(*, actor: Actor) -> CalendarLink:
    """A new link for the role in which the actor acts; the former opens nothing any more. Raises NotAllowed."""
    grant = own_grant(actor)
    require(grant is not None, _("Sign in first."))
    assert grant is not None
    return renew_calendar(actor=actor, grant=grant)


@transaction.atomic
def end_own_calendar(*, actor: Actor) -> None:
    """No link for that role; a second time changes nothing. Raises NotAllowed."""
    grant = own_grant(actor)
    require(grant is not None, _("Sign in first."))
    assert grant is not None
    _end(actor, grant)


@transaction.atomic
def renew_calendar(*, actor: Actor, grant: Grant) -> CalendarLink:
    """The same for a role of somebody else; the caller has decided that the actor may."""
    grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    _end(actor, grant)
    link = CalendarLink.objects.create(grant=grant)
    audit.record(actor=actor, action="calendar.link", subject=link.ref)
    return link


@transaction.atomic
def give_calendars(*, grants: Iterable[Grant]) -> None:
    """A first link for roles that never had one; who ended theirs keeps none. For callers who may tell the holders."""
    fresh = [g for g in grants if g.ended_at is None]
    known = set(CalendarLink.objects.filter(grant__in=fresh).values_list("grant", flat=True))
    CalendarLink.objects.bulk_create(
        [CalendarLink(grant=grant) for grant in fresh if grant.pk not in known], ignore_conflicts=True
    )


def _end(actor: Actor, grant: Grant) -> None:
    for link in CalendarLink.objects.select_for_update(of=("self",)).filter(grant=grant, ended_at=None):
        link.ended_at = clock.now()
        link.save(update_fields=["ended_at"])
        audit.record(actor=actor, action="calendar.end", subject=link.ref)
