"""The account of a person's own: opened or chosen by themselves, once."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.audit import services as audit
from backend.core.actor import PUBLIC, SYSTEM, Actor
from backend.people.enums import Role
from backend.people.errors import AccountOfAnother, AccountThere
from backend.people.models import OwnAccount, Person
from backend.people.selectors import has_account
from backend.people.services.roles import grant_role


@transaction.atomic
def open_own_account(*, person: Person, account_name: str, password: str) -> User:
    """The person's own account, in which they act as a contestant; nothing personal is written beside its name.

    The caller has decided that whoever asks is that person.
    Raises AccountThere (also to the later of two at once), AccountNameTaken, PasswordUnfit.
    """
    locked = _without_account(person)
    user = accounts.create_account(actor=PUBLIC, account_name=account_name)
    accounts.set_password(actor=PUBLIC, user=user, password=password)
    return _joined(locked, user)


@transaction.atomic
def take_own_account(*, actor: Actor, person: Person, password: str) -> User:
    """The account in which the actor is signed in becomes the person's own, besides the roles it has.

    The caller has decided that whoever asks is that person. Raises WrongPassword, AccountThere, AccountOfAnother.
    """
    user = accounts.reauthenticate(actor=actor, password=password)
    locked = _without_account(person)
    if Person.objects.filter(user=user).exists():
        raise AccountOfAnother
    return _joined(locked, user)


def _without_account(person: Person) -> Person:
    locked: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.canonical.pk)
    if has_account(locked):
        raise AccountThere(link="/sign-in/")
    return locked


def _joined(locked: Person, user: User) -> User:
    """Write it down; the database takes neither a person nor an account twice."""
    try:
        with transaction.atomic():
            OwnAccount.objects.create(person=locked, user=user)
    except IntegrityError as error:
        raise AccountThere(link="/sign-in/") from error
    locked.user = user
    locked.save(update_fields=["user"])
    grant_role(actor=SYSTEM, user=user, role=Role.CONTESTANT, scope=locked.ref)
    audit.record(actor=PUBLIC, action="person.open_account", subject=locked.ref, account=user.account_name)
    return user
