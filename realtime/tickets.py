"""Leave to watch a private topic: signed, short, bound to an account and to the role it acted in.

The view that decided that the reader may see a topic puts the ticket into its page. A ticket that is still good is
renewed by the socket; a role that has ended ends the socket.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from backend.core.actor import Actor
from backend.people.models import Grant

SALT = "realtime.ticket"
LIFE = 15 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Ticket:
    """topic: what may be watched; user: the account's uid; role, kind, key: the grant that allowed it."""

    topic: str
    user: str
    role: str
    kind: str = ""
    key: str = ""


def issue(topic: str, actor: Actor) -> str:
    """A ticket for the page of somebody who may watch that topic; the caller has decided that."""
    scope = actor.scope
    return renew(
        Ticket(topic, str(actor.user_uid), actor.role, scope.kind if scope else "", scope.key if scope else "")
    )


def renew(ticket: Ticket) -> str:
    return signing.dumps(asdict(ticket), salt=SALT, compress=True)


def opened(text: str, *, life: int = LIFE) -> Ticket | None:
    """The ticket, or None when it is forged or too old."""
    try:
        return Ticket(**signing.loads(text, salt=SALT, max_age=life))
    except (signing.BadSignature, TypeError):
        return None


def standing(held: set[Ticket]) -> set[Ticket]:
    """Those tickets whose account and grant still stand; one query for all of them."""
    if not held:
        return set()
    users = {ticket.user for ticket in held}
    live: set[tuple[Any, ...]] = {
        (str(uid), role, kind, key)
        for uid, role, kind, key in Grant.objects.filter(
            user__uid__in=users, user__is_active=True, ended_at=None
        ).values_list("user__uid", "role", "scope_kind", "scope_key")
    }
    return {t for t in held if (t.user, t.role, t.kind, t.key) in live}
