"""Sessions of an account: opened, moved to a new key, ended."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from backend.accounts.models import SignIn, SignInCard, User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.refs import Ref


def open_session(*, user: User, session_key: str, device: str = "", card: SignInCard | None = None) -> SignIn:
    """Remember a session that has just been opened."""
    return SignIn.objects.create(user=user, session_key=session_key, device=device[:60], card=card)


def move_session(*, former_key: str, session_key: str) -> None:
    """The same session under a new key."""
    SignIn.objects.filter(session_key=former_key).update(session_key=session_key)


@transaction.atomic
def end_session(*, actor: Actor, sign_in: SignIn) -> None:
    """End one session at once; ending it again does nothing."""
    _end(actor, sign_in.user, SignIn.objects.filter(pk=sign_in.pk))


@transaction.atomic
def end_sessions(*, actor: Actor, user: User, keep_session: str = "", cards: QuerySet[SignInCard] | None = None) -> int:
    """End an account's sessions but one, or those that its cards opened. Returns how many ended."""
    found = SignIn.objects.filter(user=user).exclude(session_key=keep_session)
    return _end(actor, user, found if cards is None else found.filter(card__in=cards))


def _end(actor: Actor, user: User, found: QuerySet[SignIn]) -> int:
    keys = list(found.filter(ended_at=None).values_list("session_key", flat=True))
    if not keys:
        return 0
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).update(ended_at=clock.now())
    account = Ref("account", str(user.uid), user.account_name)
    audit.record(actor=actor, action="session.end", subject=account, sessions=len(keys))
    return len(keys)
