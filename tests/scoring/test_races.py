"""Many hands at once on PostgreSQL: one tap is one mark, one hand-in is one hand-in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from backend.people.models import Group
from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
from competitions.scoring.models import Mark
from tests.factories import organisation
from tests.scoring.world import RULES, hall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]

SENDER = """
import sys
import django
django.setup()
from decimal import Decimal
from uuid import UUID
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from backend.accounts.models import User
from backend.people.selectors import actor_for
from competitions.scoring.services import MarkItem, record_marks
actor = actor_for(User.objects.get(account_name=sys.argv[2]))
item = MarkItem(UUID(sys.argv[3]), UUID(sys.argv[4]), UUID(sys.argv[5]), Decimal(2))
print("ready", flush=True)
sys.stdin.readline()
verdict = record_marks(actor=actor, items=[item])[0]
print(verdict.verdict, verdict.code)
"""


def scoring_event() -> Event:
    group = Group.objects.create(
        code="12", number=12, name="集团", lead_school=organisation("牵头"), major_category="51"
    )
    edition = Edition.objects.create(contest=Contest.objects.create(code="HN", name="大赛"), year=2026, name="2026")
    event = Event.objects.create(
        edition=edition,
        code="GZ-1",
        name="赛项",
        leading_group=group,
        rule_set=RuleSet.objects.create(code="r", title="规程", rules=RULES),
        state="drawn",
    )
    Round.objects.create(event=event)
    return event


def said_at_once(words: list[list[str]]) -> Counter[str]:
    """What so many processes are answered that send at the same moment. words: account, client id, sheet, aspect."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    senders = [
        subprocess.Popen(
            [sys.executable, "-c", SENDER, str(connection.settings_dict["NAME"]), *one],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
            cwd=settings.BASE_DIR,
        )
        for one in words
    ]
    for sender in senders:
        assert sender.stdout
        assert sender.stdout.readline() == "ready\n"
    for sender in senders:
        assert sender.stdin
        sender.stdin.write("now\n")
        sender.stdin.flush()
    return Counter(sender.communicate(timeout=120)[0].strip() for sender in senders)


def test_one_tap_sent_by_ten_processes_is_one_mark() -> None:
    ready = hall(scoring_event(), codes=("B17",), judges=1)
    sheet, aspect = ready.sheet(0), ready.aspects["A1.2"]
    name = ready.seats[0].user.account_name if ready.seats[0].user else ""

    said = said_at_once([[name, str(uuid4()), str(sheet.uid), str(aspect.uid)]] * 10)

    assert said == {"taken": 1, "known": 9}
    assert Mark.objects.count() == 1


def test_one_id_for_two_sheets_at_once_is_one_mark_and_one_refusal() -> None:
    ready = hall(scoring_event(), codes=("B17", "C02"), judges=1)
    aspect, tap = ready.aspects["A1.2"], str(uuid4())
    name = ready.seats[0].user.account_name if ready.seats[0].user else ""
    sheets = [str(ready.sheet(0, work).uid) for work in (0, 1)]

    said = said_at_once([[name, tap, sheet, str(aspect.uid)] for sheet in sheets * 3])

    assert said == {"taken": 1, "known": 2, "refused id_used": 3}
    assert Mark.objects.count() == 1
