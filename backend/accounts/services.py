"""Accounts, passwords and the cards that sign somebody in once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.errors import CardRefused, PasswordUnfit, SignInRefused, TooManyTries, WrongPassword
from backend.accounts.models import SignInCard, User
from backend.accounts.selectors import account_named
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.refs import Ref

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else on paper
TRIES, WINDOW_SECONDS = 10, 300


@dataclass(frozen=True, slots=True)
class CardSecret:
    """What is printed once: the QR's secret and the 8 characters; only their hashes are kept."""

    secret: str
    code: str


def account_ref(user: User) -> Ref:
    return Ref("account", str(user.uid), user.account_name)


def count_try(what: str, key: str) -> None:
    """Count a try within a window; TooManyTries above the limit."""
    slot = f"tries:{what}:{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    cache.add(slot, 0, WINDOW_SECONDS)
    if cache.incr(slot) > TRIES:
        raise TooManyTries


def sign_in(*, actor: Actor, name: str, password: str, address: str) -> User:
    """The account of that name, phone or e-mail with that password; the same work and answer for every refusal."""
    count_try("sign-in", f"{address}|{name}")
    user = account_named(name)
    if user is None:
        User().set_password(password)  # as slow as a real comparison
        raise SignInRefused
    if not user.check_password(password) or not user.is_active:
        raise SignInRefused
    audit.record(actor=actor, action="account.sign_in", subject=account_ref(user))
    return user


def reauthenticate(*, actor: Actor, password: str) -> User:
    """The acting account, its password entered again; WrongPassword otherwise."""
    count_try("again", str(actor.user_uid))
    user = User.objects.filter(uid=actor.user_uid, is_active=True).first() if actor.user_uid else None
    if user is None or not user.check_password(password):
        raise WrongPassword
    return user


@transaction.atomic
def create_account(
    *, actor: Actor, account_name: str, display_name: str = "", password: str | None = None, **fields: Any
) -> User:
    """A new account; without a password it signs in by card only."""
    user = User.objects.create_user(account_name, password, display_name=display_name, **fields)
    audit.record(actor=actor, action="account.create", subject=account_ref(user))
    return user


@transaction.atomic
def set_password(*, actor: Actor, user: User, password: str) -> None:
    """Set a new password; PasswordUnfit lists everything wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordUnfit(" ".join(error.messages)) from error
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record(actor=actor, action="account.password", subject=account_ref(user))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def issue_card(*, actor: Actor, user: User, purpose: str = "seat", hours: int = 72) -> CardSecret:
    """Print a card for an account; its former unused cards end. The caller has decided that the actor may.

    purpose: `seat` signs in, `password` lets the holder choose a new password.
    """
    now = clock.now()
    SignInCard.objects.filter(user=user, purpose=purpose, used_at=None, ended_at=None).update(ended_at=now)
    made = CardSecret(secrets.token_urlsafe(24), "".join(secrets.choice(ALPHABET) for _ in range(8)))
    SignInCard.objects.create(
        user=user,
        purpose=purpose,
        secret_hash=_digest(made.secret),
        code_hash=_digest(made.code),
        issued_by_id=actor.user_id,
        expires_at=now + timedelta(hours=hours),
    )
    audit.record(actor=actor, action="card.issue", subject=account_ref(user), purpose=purpose)
    return made


@transaction.atomic
def redeem_card(*, actor: Actor, word: str, address: str, device: str = "") -> SignInCard:
    """Use a card by its secret or its 8 characters, exactly once; of two devices one wins."""
    count_try("card", address)
    typed = word.strip()
    hashes = [_digest(typed), _digest(typed.upper().replace("-", "").replace(" ", ""))]
    now = clock.now()
    live = SignInCard.objects.filter(used_at=None, ended_at=None, expires_at__gt=now)
    card = live.filter(secret_hash=hashes[0]).first() or live.filter(code_hash=hashes[1]).first()
    if card is None or not live.filter(pk=card.pk).update(used_at=now, used_by_device=device[:60]):
        raise CardRefused
    audit.record(actor=actor, action="card.use", subject=account_ref(card.user), purpose=card.purpose)
    return card
