"""What a secret calendar link opens, and which link somebody has."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.models import Grant
from backend.people.selectors import actor_for
from competitions.venues.models import CalendarLink
from competitions.venues.selectors.schedule import Agenda, agenda_of


@cache
def _signer() -> Signer:
    return Signer(salt="venues.calendar", sep=".")


def path_of(link: CalendarLink) -> str:
    """The address of a link: random and signed, without anything personal."""
    return reverse("venues:calendar_by_link", args=[_signer().sign(link.uid.hex)])


def agenda_by(word: str) -> list[Agenda]:
    """What the holder of the link's role has to go to. NotFound: forged, ended, or the role has ended."""
    try:
        uid = UUID(_signer().unsign(word))
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    link = CalendarLink.objects.live().select_related("grant__user__person").filter(uid=uid).first()
    if link is None:
        raise NotFound
    return agenda_of(actor_for(link.grant.user, grant_uid=str(link.grant.uid)))


def own_grant(actor: Actor) -> Grant | None:
    """The live role in which the actor acts."""
    if actor.user_id is None or actor.scope is None:
        return None
    scope = {"scope_kind": actor.scope.kind, "scope_key": actor.scope.key}
    found: Grant | None = Grant.objects.filter(user=actor.user_id, role=actor.role, ended_at=None, **scope).first()
    return found


def own_link(actor: Actor) -> CalendarLink | None:
    """The live link of the role in which the actor acts."""
    links: CalendarLink | None = CalendarLink.objects.visible_to(actor).live().filter(grant=own_grant(actor)).first()
    return links


def links_of(user_id: int) -> list[CalendarLink]:
    """An account's live links, role by role; for letters to that account."""
    return list(CalendarLink.objects.live().filter(grant__user=user_id).select_related("grant").order_by("pk"))
