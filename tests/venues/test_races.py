"""Two processes on PostgreSQL that let in one person at the same moment: both words stay, one names the other."""

from __future__ import annotations

import json
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
from competitions.venues.selectors import open_conflicts
from tests.registration.world import RULES
from tests.venues.world import desk, expected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]

SENDER = """
import json, sys
import django
django.setup()
from uuid import uuid4
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.test import Client
from backend.accounts.models import User
from backend.core import clock
desk = Client()
desk.force_login(User.objects.get(account_name=sys.argv[2]))
papers = ["id_card", "student_card", "participation_card"]
given = {"verdict": "admitted", "scanned_at": clock.now().isoformat(), "papers": papers, "method": "qr"}
pairs = [pair.split("=") for pair in sys.argv[4].split(",")]
scans = [{**given, "member": member, "client_id": client or str(uuid4())} for member, client in pairs]
print("ready", flush=True)
sys.stdin.readline()
said = []
for start in range(0, len(scans), 5):
    body = json.dumps({"sent_at": clock.now().isoformat(), "scans": scans[start : start + 5]})
    answer = desk.post(f"/api/v1/events/{sys.argv[3]}/checkin/scans", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    said += [one["verdict"] + " conflict" * one["conflict"] for one in answer.json()["verdicts"]]
print(json.dumps(said))
"""


def said_at_once(desks: list[tuple[str, str, list[tuple[str, str]]]]) -> Counter[str]:
    """What all desks are told that send their scans through the API, five at a time, beginning at the same moment.

    desks: account, event, and for each scan its member and client id ("": a new one).
    """
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    command = [sys.executable, "-c", SENDER, str(connection.settings_dict["NAME"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    senders = [
        subprocess.Popen(
            [*command, name, code, ",".join("=".join(pair) for pair in scans)],
            text=True,
            env=env,
            cwd=settings.BASE_DIR,
            **pipes,
        )
        for name, code, scans in desks
    ]
    for sender in senders:
        assert sender.stdout
        assert sender.stdout.readline() == "ready\n"
    for sender in senders:
        assert sender.stdin
        sender.stdin.write("now\n")
        sender.stdin.flush()
    return Counter(word for sender in senders for word in json.loads(sender.communicate(timeout=120)[0]))


def account(actor: Actor) -> str:
    return User.objects.get(pk=actor.user_id).account_name


def test_one_person_let_in_by_two_desks_at_once_is_one_conflict(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    event = make_event(rules=RULES)
    member = expected(organiser, event, schools=1)[0].member
    desks = [account(desk(organiser, event, name)) for name in ("北门", "南门")]

    said = said_at_once([(name, event.code, [(str(member.uid), "")]) for name in desks])

    assert said == {"taken": 1, "taken conflict": 1}
    assert CheckIn.objects.filter(conflicts_with=None).count() == 1


def test_one_scan_sent_by_six_processes_is_taken_once(make_event: Callable[..., Event], organiser: Actor) -> None:
    event = make_event(rules=RULES)
    member = expected(organiser, event, schools=1)[0].member
    name, client = account(desk(organiser, event, "北门")), str(uuid4())

    said = said_at_once([(name, event.code, [(str(member.uid), client)])] * 6)

    assert said == {"taken": 1, "known": 5}
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize("schools", [5, pytest.param(60, marks=pytest.mark.slow)])
def test_two_desks_let_in_the_same_people_from_both_ends_and_every_one_is_reported(
    make_event: Callable[..., Event], organiser: Actor, schools: int
) -> None:
    event = make_event(rules=RULES)
    scans = [(str(card.member.uid), "") for card in expected(organiser, event, schools=schools)]
    north, south = (account(desk(organiser, event, name)) for name in ("北门", "南门"))

    said = said_at_once([(north, event.code, scans), (south, event.code, scans[::-1])])

    assert said == {"taken": len(scans), "taken conflict": len(scans)}
    let_in = CheckIn.objects.filter(conflicts_with=None)
    assert (let_in.values("member").distinct().count(), let_in.count()) == (len(scans), len(scans))
    named = CheckIn.objects.filter(conflicts_with__isnull=False).values_list("desk", "conflicts_with__desk")
    assert set(named) <= {("北门", "南门"), ("南门", "北门")}
    assert open_conflicts(organiser) == {event.code: len(scans)}
