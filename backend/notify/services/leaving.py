"""The link in each letter by which its reader, signed in or not, turns off what they need not know."""

from __future__ import annotations

from uuid import UUID

from django.core import signing
from django.db import transaction

from backend.accounts.models import User
from backend.accounts.services import account_ref
from backend.audit import services as audit
from backend.core.actor import Actor
from backend.notify.enums import Wants
from backend.notify.errors import LinkOver
from backend.notify.models import Preference, Silence
from backend.people.models import Person

_ACCOUNT_SALT, _PERSON_SALT = "notify.leave", "notify.leave.person"


def leave_link(user_uid: UUID) -> str:
    """The address in an e-mail that turns further ones off."""
    return f"/inbox/leave/{signing.dumps(user_uid.hex, salt=_ACCOUNT_SALT)}/"


def person_link(person_uid: UUID) -> str:
    """The same in a letter to somebody without account."""
    return f"/inbox/leave/{signing.dumps(person_uid.hex, salt=_PERSON_SALT)}/"


def reader_by(token: str) -> User | Person:
    """Whose letters the link is about. Raises LinkOver."""
    user_uid, person_uid = _uid(token, _ACCOUNT_SALT), _uid(token, _PERSON_SALT)
    found = User.objects.filter(uid=user_uid).first() if user_uid else None
    reader = found or (Person.objects.filter(uid=person_uid).first() if person_uid else None)
    if reader is None:
        raise LinkOver
    return reader


@transaction.atomic
def leave(*, actor: Actor, token: str) -> None:
    """Turn off the letters that one need not know; a second time changes nothing. Raises LinkOver."""
    reader = reader_by(token)
    if isinstance(reader, Person):
        _silence, made = Silence.objects.get_or_create(person=reader)
        if made:
            audit.record(actor=actor, action="preference.leave", subject=reader.ref)
        return
    preference, _made = Preference.objects.get_or_create(user=reader)
    if preference.email_wants != Wants.DUTY:
        preference.email_wants = Wants.DUTY
        preference.save(update_fields=["email_wants"])
        audit.record(actor=actor, action="preference.leave", subject=account_ref(reader))


@transaction.atomic
def come_back(*, actor: Actor, token: str) -> None:
    """Somebody without account wants all letters again; whoever has one chooses there. Raises LinkOver."""
    reader = reader_by(token)
    if isinstance(reader, Person) and Silence.objects.filter(person=reader).delete()[0]:
        audit.record(actor=actor, action="preference.return", subject=reader.ref)


def _uid(token: str, salt: str) -> UUID | None:
    try:
        return UUID(signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError):
        return None
