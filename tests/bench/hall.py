"""An event that is being scored, as large as asked: `python -m tests.bench.hall WORKS PANELS` prints what tablets need.

Runs in a process of its own over the installation of its environment.
"""

from __future__ import annotations

import json
import secrets
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from backend.accounts.models import User  # noqa: E402
from backend.core.actor import Actor  # noqa: E402
from backend.people.models import Grant, Group, Organisation  # noqa: E402
from backend.people.selectors import actor_for  # noqa: E402
from competitions.contests.models import Contest, Edition, Event, Round, RuleSet  # noqa: E402
from competitions.draw.models import Work  # noqa: E402
from competitions.judges.models import Panel, Seat  # noqa: E402
from competitions.scoring import services  # noqa: E402
from competitions.scoring.models import Aspect, Sheet  # noqa: E402
from tests.scoring.world import RULES, SAMPLE  # noqa: E402

JUDGES = 3


def account(name: str, role: str, kind: str, key: str) -> User:
    user = User.objects.create(account_name=name, password="!")
    Grant.objects.create(user=user, role=role, scope_kind=kind, scope_key=key)
    return user


def event_of(code: str) -> Event:
    number = Group.objects.count() + 1
    school = Organisation.objects.create(name=f"学校{code}", name_key=f"学校{code}")
    group = Group.objects.create(code=code, number=number, name=code, lead_school=school, major_category="51")
    contest, _ = Contest.objects.get_or_create(code="BENCH", defaults={"name": "技能大赛"})
    edition, _ = Edition.objects.get_or_create(contest=contest, year=2026, defaults={"name": "2026"})
    rules = RuleSet.objects.create(code=f"rules-{code}", title="规程", rules=RULES)
    event = Event.objects.create(
        edition=edition, code=code, name="网站技术", leading_group=group, rule_set=rules, state="drawn"
    )
    Round.objects.create(event=event)
    return event


def build(code: str, works: int, panels: int) -> tuple[Event, Actor, list[tuple[Seat, User]]]:
    """A locked scheme, panels of three, works spread over them, sheets laid out."""
    event = event_of(code)
    round = event.rounds.get()
    chief = actor_for(account(f"chief-{code}", "chief_judge", "event", code))
    seated = []
    rows = [Panel.objects.create(round=round, name=f"P{n}") for n in range(panels)]
    for panel in rows:
        for number in range(1, JUDGES + 1):
            seat = Seat.objects.create(panel=panel, number=number, records=number == 1)
            user = account(f"{code}-{panel.name}-{number}", "judge", "seat", str(seat.uid))
            Seat.objects.filter(pk=seat.pk).update(user=user)
            seated.append((seat, user))
    Work.objects.bulk_create(Work(round=round, panel=rows[n % panels], code=f"{n:05}") for n in range(works))
    scheme = services.import_scheme(actor=chief, round=round, content=SAMPLE.read_bytes(), file_name="s.xlsx")
    services.lock_scheme(actor=chief, scheme=scheme)
    services.open_scoring(actor=chief, round=round)
    return event, chief, seated


def sheets_of(seat: Seat, count: int) -> list[dict[str, Any]]:
    """The seat's first sheets with their judged aspects and the highest level of each."""
    found = []
    for sheet in Sheet.objects.filter(seat=seat).select_related("sub_criterion").order_by("pk"):
        judged = Aspect.objects.filter(sub_criterion=sheet.sub_criterion, kind="J")
        if aspects := [{"uid": str(a.uid), "top": len(a.levels) - 1} for a in judged]:
            found.append({"uid": str(sheet.uid), "aspects": aspects})
        if len(found) == count:
            break
    return found


def cookie_of(user: User) -> str:
    """A signed-in session, as the tablet's browser would hold it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def main() -> None:
    works, panels = int(sys.argv[1]), int(sys.argv[2])
    event, _, seated = build("BENCH-1", works, panels)
    csrf = secrets.token_hex(16)
    tablets = [
        {"cookie": f"{cookie_of(u)}; csrftoken={csrf}", "csrf": csrf, "sheets": sheets_of(s, 4)} for s, u in seated
    ]
    print(json.dumps({"event": event.code, "tablets": tablets}))


if __name__ == "__main__":
    main()
