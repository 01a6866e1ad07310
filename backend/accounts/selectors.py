"""Finding an account by what its holder types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from backend.accounts.models import RecoveryCode, SecondFactor, SignIn, User
from backend.core.actor import Actor
from backend.core.vault import blind_index


def phone_index(phone: str) -> str:
    """The blind index of a mobile number."""
    return blind_index(phone, purpose="phone")


def account_named(typed: str) -> User | None:
    """The account with that name, phone or e-mail; None when none or more than one fits."""
    word = unicodedata.normalize("NFKC", typed).strip()
    where = Q(account_name=word)
    if "@" in word:
        where |= Q(email__iexact=word)
    digits = re.sub(r"[\s-]|^\+86", "", word)
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        where |= Q(phone_index=phone_index(digits))
    found = list(User.objects.filter(where)[:2])
    return found[0] if len(found) == 1 else None


def sessions_of(actor: Actor) -> QuerySet[SignIn]:
    """The account's sessions that still stand, the newest first."""
    return SignIn.objects.visible_to(actor).live()


def has_second_factor(user: User) -> bool:
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def enrolled_among(user_ids: Iterable[int]) -> list[int]:
    """Those of these accounts that have a confirmed authenticator."""
    found = SecondFactor.objects.filter(user__in=list(user_ids), confirmed_at__isnull=False)
    return list(found.values_list("user_id", flat=True))
