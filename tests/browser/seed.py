"""`python -m tests.browser.seed`: writes rows into a running server's database.

Each line it reads is JSON `["package.module:function", {values}]`; it answers each with one line, `{"answer": …}` or
`{"error": the traceback}`, until its input ends. One process for many calls: starting one takes longer than the rows.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
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


def event(*, code: str, state: str = "scoring") -> dict[str, str]:
    """An event of group 12 with a round, as pages need it to show something."""
    from datetime import timedelta

    from backend.core import clock
    from backend.people.models import Group
    from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
    from tests.factories import organisation

    school = organisation("河南省某某某某职业技术学院（郑东新区龙子湖校区）")  # the longest there is
    name = "河南电子与信息职业教育集团"
    names = {"number": 12, "name": name, "lead_school": school, "major_category": "51"}
    group, _ = Group.objects.get_or_create(code="12", defaults=names)
    contest, _ = Contest.objects.get_or_create(code="PROV_HIGHER_VOC", defaults={"name": "河南省高等职业教育技能大赛"})
    edition, _ = Edition.objects.get_or_create(
        contest=contest, year=2026, defaults={"name": "2026年河南省高等职业教育技能大赛"}
    )
    made = Event.objects.create(
        edition=edition,
        code=code,
        name="网站技术",
        leading_group=group,
        rule_set=RuleSet.objects.create(code=f"rules-{code}", title="规程", rules={}),
        state=state,
        registration_closes_at=clock.now() + timedelta(days=10),
    )
    Round.objects.create(event=made)
    return {"code": made.code}


def answer(function: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the function says; nothing of the call stays in this process that the server might wait for."""
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connections

    from realtime import projector

    module, name = function.split(":")
    try:
        return {"answer": getattr(import_module(module), name)(**given)}
    except Exception:  # noqa: BLE001 – whatever it was is told to whoever asked
        return {"error": traceback.format_exc()}
    finally:
        projector.stop()  # the server's own goes on with what was touched
        connections.close_all()
        if settings.EMBEDDED:  # a cache of this process alone
            cache.clear()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    import django

    django.setup()
    out, sys.stdout = sys.stdout, sys.stderr  # what a function prints is no answer
    for line in sys.stdin:
        print(json.dumps(answer(*json.loads(line))), file=out, flush=True)
