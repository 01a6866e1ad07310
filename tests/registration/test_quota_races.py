"""T4 and T29: real processes race for the last places of a quota, which is never exceeded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from backend.people.models import Group, Organisation
from competitions.contests.models import Contest, Edition, RuleSet
from competitions.registration.models import Entry, QuotaAccount
from tests.factories import organisation
from tests.registration.quota_2024 import teaching_contest
from tests.registration.world import registering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]

PROCESSES, ROUNDS, LIMIT_SECONDS = 4, 20, 3.0

RACER = """
import json, sys, time
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from backend.core.actor import SYSTEM
from backend.core.errors import DomainError
from competitions.contests.models import Event
from competitions.registration.rulebook import EntryDraft
from competitions.registration.services import enter_many
from tests.registration.world import member
codes, schools, first, rounds = sys.argv[2].split(","), sys.argv[3].split(","), int(sys.argv[4]), int(sys.argv[6])
events = [Event.objects.get(code=code) for code in codes]
tries, longest = int(sys.argv[5]), 0
for round in range(rounds):
    at = events[round : round + 1] if rounds > 1 else events
    said = []
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(tries):
        serial, school = first + n, schools[n % len(schools)]
        draft = EntryDraft(school, 0, "", (member(serial),), topic=f"t{serial}", topic_class=f"c{serial}")
        begun = time.monotonic()
        try:
            enter_many(actor=SYSTEM, event=at[n % len(at)], drafts=[draft])
            said.append("taken")
        except DomainError as refusal:
            said.append(refusal.code)
        longest = max(longest, time.monotonic() - begun)
    print(json.dumps([said, longest]), flush=True)
"""


def race(
    events: list[str], schools: list[Organisation], *, tries: int, rounds: int = 1
) -> list[tuple[Counter[str], float]]:
    """What the processes say that all enter at the same moment, each its own people, and their longest wait in seconds.

    rounds: the races after another, one event each; else all tries go over all events.
    """
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    codes, named = ",".join(events), ",".join(str(school.uid) for school in schools)
    name = str(connection.settings_dict["NAME"])
    started = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, name, codes, named, str(100 + tries * n), str(tries), str(rounds)],
            text=True,
            env=env,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for n in range(PROCESSES)
    ]
    found = [_one_round(started) for _round in range(rounds)]
    assert [one.wait(timeout=30) for one in started] == [0] * PROCESSES
    return found


def _one_round(started: list[subprocess.Popen[str]]) -> tuple[Counter[str], float]:
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("now\n")
        one.stdin.flush()
    told = [json.loads(one.stdout.readline()) for one in started if one.stdout]
    return Counter(word for said, _longest in told for word in said), max(longest for _said, longest in told)


@pytest.fixture
def group(transactional_db: None) -> Group:
    lead = organisation("牵头")
    return Group.objects.create(code="12", number=12, name="集团", lead_school=lead, major_category="51")


def opened(group: Group, quota: dict[str, object], *, events: int = 1) -> list[str]:
    """Codes of that many events with that quota, each of its own edition, open."""
    contest = Contest.objects.create(code="HN", name="大赛")
    rules = {"team": {"contestants": 1}, "quota": quota}
    rule_set = RuleSet.objects.create(code="r", title="规程", rules=rules)
    codes = [f"GZ-{n}" for n in range(events)]
    for n, code in enumerate(codes):
        registering(Edition.objects.create(contest=contest, year=2026 - n, name=str(2026 - n)), group, rule_set, code)
    return codes


def test_sixty_places_of_a_province_are_taken_exactly_by_eighty_tries_of_four_processes(group: Group) -> None:
    codes = opened(group, {"scope": "province", "base": 60})
    schools = [organisation(f"学院{n}") for n in range(5)]

    ((said, _longest),) = race(codes, schools, tries=20)

    assert said == {"taken": 60, "entries_refused": 20}
    assert (Entry.objects.count(), QuotaAccount.objects.count()) == (60, 1)


def twenty_rounds(group: Group, tries: int, places: int) -> float:
    """Every round gives exactly its places; the longest that anybody waited, in seconds."""
    codes = opened(group, {"scope": "province", "base": places}, events=ROUNDS)
    schools = [organisation(f"学院{n}") for n in range(5)]

    rounds = race(codes, schools, tries=tries, rounds=ROUNDS)

    expected = {"taken": places, "entries_refused": PROCESSES * tries - places}
    assert [said for said, _longest in rounds] == [expected] * ROUNDS
    assert Counter(Entry.objects.values_list("event__code", flat=True)) == dict.fromkeys(codes, places)
    return max(longest for _said, longest in rounds)


def test_three_places_are_never_exceeded_in_twenty_rounds_of_forty_tries(group: Group) -> None:
    twenty_rounds(group, tries=10, places=3)


@pytest.mark.slow
def test_sixty_places_are_never_exceeded_in_twenty_rounds_of_five_hundred_tries(group: Group) -> None:
    assert twenty_rounds(group, tries=125, places=60) < LIMIT_SECONDS


def test_one_school_in_three_events_at_once_keeps_to_its_four_over_all(group: Group) -> None:
    teaching_contest(group)

    ((said, _longest),) = race(["JX-COMMON", "JX-MAJOR1", "JX-MAJOR2"], [organisation("甲职业学院")], tries=6)

    assert said == {"taken": 4, "entries_refused": 20}
    assert Entry.objects.count() == 4


def test_a_city_shares_its_places_between_schools_that_enter_at_once(group: Group) -> None:
    codes = opened(group, {"scope": "city", "base": 3})
    bureau = organisation("郑州市教育局", kind="bureau")
    schools = [organisation(f"学院{n}", overseen_by=bureau) for n in range(4)]

    ((said, _longest),) = race(codes, schools, tries=4)

    assert said == {"taken": 3, "entries_refused": 13}
