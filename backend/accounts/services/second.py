"""The second factor: an authenticator app, and recovery codes for the day the phone is lost."""

from __future__ import annotations

import base64
import secrets
import time

from django.db import transaction

from backend.accounts.errors import CodeRefused
from backend.accounts.models import RecoveryCode, SecondFactor, User
from backend.accounts.rulebook import ALPHABET, matching_step, tidy_word
from backend.accounts.services.keeping import account_ref
from backend.accounts.services.sessions import end_sessions
from backend.accounts.services.tries import counted
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove
from backend.core.vault import blind_index

RECOVERY_CODES = 10


def begin_second_factor(*, user: User) -> SecondFactor:
    """The factor to enrol; until it is confirmed asking again gives the same one, so that a reload loses nothing."""
    made = SecondFactor(user=user)
    made.put("secret", base64.b32encode(secrets.token_bytes(20)).decode())
    factor, _ = SecondFactor.objects.get_or_create(
        user=user, defaults={"uid": made.uid, "secret_sealed": made.secret_sealed}
    )
    return factor


def confirm_second_factor(*, actor: Actor, user: User, code: str) -> list[str]:
    """Enrol the app by its first code. Returns the recovery codes, shown once. Raises CodeRefused."""
    with counted(("code", str(user.uid))):
        return _confirm(actor, user, tidy_word(code))


@transaction.atomic
def _confirm(actor: Actor, user: User, code: str) -> list[str]:
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None or factor.confirmed_at:
        raise IllegalMove
    step = matching_step(factor.reveal("secret"), code, now=time.time(), after=factor.last_step)
    if step is None:
        raise CodeRefused
    factor.last_step, factor.confirmed_at = step, clock.now()
    factor.save(update_fields=["last_step", "confirmed_at"])
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(8)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digest(code)) for code in codes])
    audit.record(actor=actor, action="second_factor.enrol", subject=account_ref(user))
    return codes


def check_second_factor(*, actor: Actor, user: User, code: str) -> None:
    """A code of the app, or a recovery code, each once. Raises CodeRefused."""
    with counted(("code", str(user.uid))):
        _check(actor, user, tidy_word(code))


@transaction.atomic
def _check(actor: Actor, user: User, code: str) -> None:
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise CodeRefused
    step = matching_step(factor.reveal("secret"), code, now=time.time(), after=factor.last_step)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return
    kept = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at=None)
    if not kept.update(used_at=clock.now()):
        raise CodeRefused
    audit.record(actor=actor, action="second_factor.recovery", subject=account_ref(user))


@transaction.atomic
def remove_second_factor(*, actor: Actor, user: User) -> None:
    """Take a lost authenticator away with its recovery codes: the password is void too, every session ends.

    Whoever calls it has decided that the actor may; the account comes back by a printed card and enrols anew.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    SecondFactor.objects.filter(user=locked).delete()
    RecoveryCode.objects.filter(user=locked).delete()
    locked.set_unusable_password()
    locked.save(update_fields=["password"])
    end_sessions(actor=actor, user=locked)
    audit.record(actor=actor, action="second_factor.remove", subject=account_ref(locked))


def _digest(code: str) -> str:
    return blind_index(code, purpose="recovery-code")
