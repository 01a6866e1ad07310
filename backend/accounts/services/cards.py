"""Printed cards: shown once, used once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.errors import CardRefused
from backend.accounts.models import SignInCard, User
from backend.accounts.rulebook import ALPHABET, tidy_word
from backend.accounts.services.keeping import account_ref
from backend.accounts.services.sessions import end_sessions
from backend.accounts.services.tries import counted
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.vault import blind_index


@dataclass(frozen=True, slots=True)
class CardSecret:
    """What is printed once: the QR's secret and the 8 characters; only keyed digests are kept."""

    secret: str
    code: str


def _digest(text: str) -> str:
    return blind_index(text, purpose="card")


@transaction.atomic
def issue_card(
    *, actor: Actor, user: User, purpose: str = "seat", hours: int = 72, grant_uid: UUID | None = None
) -> CardSecret:
    """A card for an account; the former one for the same purpose and grant ends, with the sessions it opened.

    purpose: `seat` signs in, `password` lets the holder choose a new password; grant_uid: the only role that a seat
    card's session acts in. The caller has decided that the actor may.
    """
    now = clock.now()
    User.objects.select_for_update().get(pk=user.pk)  # two printers at once: the later card is the valid one
    former = SignInCard.objects.filter(user=user, purpose=purpose, grant_uid=grant_uid)
    end_sessions(actor=actor, user=user, cards=former.filter(used_at__isnull=False))
    former.filter(used_at=None, ended_at=None).update(ended_at=now)
    made = CardSecret(secrets.token_urlsafe(24), "".join(secrets.choice(ALPHABET) for _ in range(8)))
    SignInCard.objects.create(
        user=user,
        purpose=purpose,
        grant_uid=grant_uid,
        secret_hash=_digest(made.secret),
        code_hash=_digest(made.code),
        issued_by_id=actor.user_id,
        expires_at=now + timedelta(hours=hours),
    )
    audit.record(actor=actor, action="card.issue", subject=account_ref(user), purpose=purpose)
    return made


def redeem_card(*, actor: Actor, word: str, address: str, device: str = "") -> SignInCard:
    """Use a card by its secret or its 8 characters, exactly once; of two devices one wins. CardRefused otherwise."""
    with counted(("card", address)):
        return _redeem(actor, word.strip(), device)


@transaction.atomic
def _redeem(actor: Actor, typed: str, device: str) -> SignInCard:
    now = clock.now()
    live = SignInCard.objects.filter(used_at=None, ended_at=None, expires_at__gt=now, user__is_active=True)
    card = live.filter(secret_hash=_digest(typed)).first() or live.filter(code_hash=_digest(tidy_word(typed))).first()
    # Only columns of the row itself may decide here: a join becomes a subquery, which a waiting UPDATE does not
    # look at again, so that two devices would win.
    unused = SignInCard.objects.filter(pk=card.pk, used_at=None, ended_at=None) if card else SignInCard.objects.none()
    if card is None or not unused.update(used_at=now, used_by_device=device[:60]):
        raise CardRefused
    audit.record(actor=actor, action="card.use", subject=account_ref(card.user), purpose=card.purpose)
    return card
