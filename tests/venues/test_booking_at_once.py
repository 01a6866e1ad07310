"""T4: five hundred teams reach for sixty stations from several processes at the same moment; sixty get one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration.models import Entry
from competitions.venues.models import Booking, Session, Station, Venue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]
PROCESSES, THREADS, TEAMS, STATIONS, LIMIT_SECONDS = 4, 6, 500, 60, 3.0

CLIENT = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
from backend.accounts.models import User
from backend.people.selectors import actor_for
from competitions.contests.models import Round
from competitions.registration.models import Entry
from competitions.venues.errors import NoPlaceLeft
from competitions.venues.services import book
actor = actor_for(User.objects.get(account_name="organiser"))
round = Round.objects.get(uid=sys.argv[2])
part, parts, threads = map(int, sys.argv[3:6])
mine = list(Entry.objects.filter(event=round.event).order_by("uid"))[part::parts]

def reach(entry):
    begun = time.monotonic()
    try:
        book(actor=actor, round=round, entry=entry)
        said = "placed"
    except NoPlaceLeft:
        said = "none left"
    except Exception as error:
        said = type(error).__name__
    return said, time.monotonic() - begun

print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(threads) as pool:
    print(json.dumps(list(pool.map(reach, mine))))
"""


def reached_at_once(round_uid: str) -> list[tuple[str, float]]:
    """What every team got, and after how many seconds."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    name = str(connection.settings_dict["NAME"])
    commands = [
        [sys.executable, "-c", CLIENT, name, round_uid, str(n), str(PROCESSES), str(THREADS)] for n in range(PROCESSES)
    ]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(c, text=True, env=env, cwd=settings.BASE_DIR, **pipes) for c in commands]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("now\n")
        one.stdin.flush()
    said = [one.communicate(timeout=300)[0] for one in started]
    return [(word, seconds) for text in said for word, seconds in json.loads(text)]


@pytest.fixture
def full_house(make_event: object, organiser: Actor) -> Event:
    event: Event = make_event()  # type: ignore[operator]
    venue = Venue.objects.create(event=event, name="一号厅")
    Station.objects.bulk_create(Station(venue=venue, code=f"A{n:02d}", platform="平台甲") for n in range(STATIONS))
    Station.objects.create(venue=venue, code="B01", spare=True)
    starts = datetime(2026, 5, 10, 1, tzinfo=UTC)
    Session.objects.create(
        round=event.rounds.get(), venue=venue, name="上午场", starts_at=starts, ends_at=starts + timedelta(hours=3)
    )
    names = [f"学校{n}" for n in range(TEAMS)]
    schools = Organisation.objects.bulk_create(Organisation(name=name, name_key=name) for name in names)
    Entry.objects.bulk_create(
        Entry(event=event, school=school, state="submitted", tech_platform="平台甲") for school in schools
    )
    return event


def held_once(event: Event) -> None:
    said = reached_at_once(str(event.rounds.get().uid))

    assert Counter(word for word, _ in said) == {"placed": STATIONS, "none left": TEAMS - STATIONS}
    assert Booking.objects.values("held").distinct().count() == Booking.objects.count() == STATIONS
    assert max(seconds for _, seconds in said) < LIMIT_SECONDS


def test_sixty_stations_go_to_sixty_teams(full_house: Event) -> None:
    held_once(full_house)


@pytest.mark.slow
def test_twenty_times_over(full_house: Event) -> None:
    for _ in range(20):
        held_once(full_house)
        Booking.objects.all().delete()
