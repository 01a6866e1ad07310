"""Accounts, passwords and proving that one is who one says."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from backend.accounts.errors import AccountNameTaken, PasswordUnfit, SignInRefused, WrongPassword
from backend.accounts.models import User
from backend.accounts.selectors import account_named, phone_index
from backend.accounts.services.sessions import end_sessions
from backend.accounts.services.tries import counted
from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.refs import Ref


def account_ref(user: User) -> Ref:
    return Ref("account", str(user.uid), user.account_name)


def sign_in(*, actor: Actor, name: str, password: str, address: str) -> User:
    """The account of that name, phone or e-mail with that password; the same work and answer for every refusal."""
    word = name.strip().casefold()
    with counted(("sign-in", f"{address}|{word}"), ("account", word), ("address", address)):
        user = account_named(name)
        if not _knows(user, password) or user is None:
            refused = Ref("account", str(user.uid), user.account_name) if user else Ref("account", "")
            audit.record(actor=actor, action="account.sign_in_refused", subject=refused)  # never what was typed
            raise SignInRefused
    audit.record(actor=actor, action="account.sign_in", subject=account_ref(user))
    return user


def _knows(user: User | None, password: str) -> bool:
    if user is None:
        User().set_password(password)  # as slow as a real comparison
        return False
    return user.check_password(password) and user.is_active


def reauthenticate(*, actor: Actor, password: str) -> User:
    """The acting account, its password entered again; WrongPassword otherwise."""
    with counted(("again", str(actor.user_uid))):
        user = User.objects.filter(uid=actor.user_uid, is_active=True).first() if actor.user_uid else None
        if user is None or not user.check_password(password):
            raise WrongPassword
    return user


def free_name() -> str:
    """A number that no account has, for those who do not choose: nobody learns from it which names are taken."""
    while True:
        name = str(secrets.choice("23456789")) + "".join(secrets.choice("0123456789") for _n in range(8))
        if not User.objects.filter(account_name=name).exists():
            return name


@transaction.atomic
def create_account(
    *,
    actor: Actor,
    account_name: str,
    display_name: str = "",
    password: str | None = None,
    phone: str = "",
    **fields: Any,
) -> User:
    """A new account; without a password it signs in by card only. phone: the mobile number; only its index is kept.

    Raises AccountNameTaken.
    """
    index = phone_index(phone) if phone else ""
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                account_name, password, display_name=display_name, phone_index=index, **fields
            )
    except IntegrityError as error:
        raise AccountNameTaken from error
    audit.record(actor=actor, action="account.create", subject=account_ref(user))
    return user


@transaction.atomic
def set_password(*, actor: Actor, user: User, password: str, keep_session: str = "") -> None:
    """Set a new password and end the account's other sessions; PasswordUnfit lists everything wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordUnfit(" ".join(map(_unfit, error.error_list))) from error
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(actor=actor, user=user, keep_session=keep_session)
    audit.record(actor=actor, action="account.password", subject=account_ref(user))


def _unfit(problem: ValidationError) -> str:
    """What is wrong with a password. Its length in our own words: Django has no Chinese for its present ones."""
    if problem.code == "password_too_short":
        return _("The password is too short: it needs at least %(n)s characters.") % {
            "n": (problem.params or {})["min_length"]
        }
    return " ".join(problem.messages)
