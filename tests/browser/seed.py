"""`python -m tests.browser.seed package.module:function [JSON]`: writes rows into a running server's database."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any


def account(*, name: str, role: str = "", kind: str = "", key: str = "") -> dict[str, Any]:
    """An account with one grant and a session of it, as a browser would hold it after signing in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from backend.accounts.models import User
    from backend.people.models import Grant

    user = User.objects.filter(account_name=name).first() or User.objects.create_user(name, "correct-horse-9")
    if role:
        Grant.objects.get_or_create(user=user, role=role, scope_kind=kind, scope_key=key)
    return session(user, SessionStore(), (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY))


def session(user: Any, store: Any, names: tuple[str, str, str]) -> dict[str, Any]:
    from django.conf import settings

    backend = settings.AUTHENTICATION_BACKENDS[0]
    for key, value in zip(names, (str(user.pk), backend, user.get_session_auth_hash()), strict=True):
        store[key] = value
    store.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    import django

    django.setup()
    module, function = sys.argv[1].split(":")
    given = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    print(json.dumps(getattr(import_module(module), function)(**given)))
