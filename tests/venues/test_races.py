"""Two processes on PostgreSQL that let in one person at the same moment: both words stay, one names the other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from backend.accounts.models import User
from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.venues.models import CheckIn
from tests.registration.world import RULES
from tests.venues.world import desk, expected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]

SENDER = """
import sys
import django
django.setup()
from uuid import UUID
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from backend.accounts.models import User
from backend.core import clock
from backend.people.selectors import actor_for
from competitions.contests.models import Event
from competitions.venues.services import Scan, record_scans
actor = actor_for(User.objects.get(account_name=sys.argv[2]))
event = Event.objects.get(code=sys.argv[3])
papers = ("id_card", "student_card", "participation_card")
scan = Scan(UUID(sys.argv[5]), "admitted", clock.now(), member=UUID(sys.argv[4]), papers=papers)
print("ready", flush=True)
sys.stdin.readline()
found = record_scans(actor=actor, event=event, scans=[scan])[0]
print(found.verdict, "conflict" if found.conflict else "")
"""


def said_at_once(words: list[list[str]]) -> Counter[str]:
    """What so many desks are answered that send at the same moment. words: account, event, member, client id."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    command = [sys.executable, "-c", SENDER, str(connection.settings_dict["NAME"])]
    senders = [
        subprocess.Popen(
            [*command, *one],
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


def account(actor: Actor) -> str:
    return User.objects.get(pk=actor.user_id).account_name


def test_one_person_let_in_by_two_desks_at_once_is_one_conflict(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    event = make_event(rules=RULES)
    member = expected(organiser, event, schools=1)[0].member
    desks = [account(desk(organiser, event, name)) for name in ("北门", "南门")]

    said = said_at_once([[name, event.code, str(member.uid), str(uuid4())] for name in desks])

    assert said == {"taken": 1, "taken conflict": 1}
    assert CheckIn.objects.filter(conflicts_with=None).count() == 1


def test_one_scan_sent_by_six_processes_is_taken_once(make_event: Callable[..., Event], organiser: Actor) -> None:
    event = make_event(rules=RULES)
    member = expected(organiser, event, schools=1)[0].member
    name, client = account(desk(organiser, event, "北门")), str(uuid4())

    said = said_at_once([[name, event.code, str(member.uid), client]] * 6)

    assert said == {"taken": 1, "known": 5}
    assert CheckIn.objects.count() == 1
