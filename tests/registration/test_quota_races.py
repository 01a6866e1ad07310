"""T4 and T29: real processes race for the last places of a quota, which is never exceeded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from backend.core import clock
from backend.people.models import Group, Organisation
from competitions.contests.models import Contest, Edition, Event, RuleSet
from competitions.registration.models import Entry, QuotaAccount
from tests.factories import organisation
from tests.registration.quota_2024 import teaching_contest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]

RACER = """
import sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import OperationalError
from backend.core.actor import SYSTEM
from backend.core.errors import DomainError
from competitions.contests.models import Event
from competitions.registration.rulebook import EntryDraft
from competitions.registration.services import enter_many
from tests.registration.world import member
event, schools, first = sys.argv[2].split(","), sys.argv[3].split(","), int(sys.argv[4])
events = [Event.objects.get(code=code) for code in event]
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[5])):
    serial, school = first + n, schools[n % len(schools)]
    draft = EntryDraft(school, 0, "", (member(serial),), topic=f"t{serial}", topic_class=f"c{serial}")
    try:
        enter_many(actor=SYSTEM, event=events[n % len(events)], drafts=[draft])
        print("taken", flush=True)
    except DomainError as refusal:
        print(refusal.code, flush=True)
"""


def race(events: str, schools: list[Organisation], *, processes: int, tries: int) -> Counter[str]:
    """What the processes say that all enter at the same moment, each its own people."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    named = ",".join(str(school.uid) for school in schools)
    name = str(connection.settings_dict["NAME"])
    started = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, name, events, named, str(100 + tries * n), str(tries)],
            text=True,
            env=env,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for n in range(processes)
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("now\n")
        one.stdin.flush()
    said = [one.communicate(timeout=300)[0].split() for one in started]
    assert [one.returncode for one in started] == [0] * processes
    return Counter(word for words in said for word in words)


@pytest.fixture
def group(transactional_db: None) -> Group:
    lead = organisation("牵头")
    return Group.objects.create(code="12", number=12, name="集团", lead_school=lead, major_category="51")


def opened(group: Group, quota: dict[str, object]) -> Event:
    contest = Contest.objects.create(code="HN", name="大赛")
    edition = Edition.objects.create(contest=contest, year=2026, name="2026")
    rules = {"team": {"contestants": 1}, "quota": quota}
    return Event.objects.create(
        edition=edition,
        code="GZ-1",
        name="赛项",
        leading_group=group,
        rule_set=RuleSet.objects.create(code="r", title="规程", rules=rules),
        state="registering",
        registration_closes_at=clock.now() + timedelta(days=1),
    )


def test_sixty_places_of_a_province_are_taken_exactly_by_eighty_tries_of_four_processes(group: Group) -> None:
    event = opened(group, {"scope": "province", "base": 60})
    schools = [organisation(f"学院{n}") for n in range(5)]

    said = race(event.code, schools, processes=4, tries=20)

    assert said == {"taken": 60, "entries_refused": 20}
    assert (Entry.objects.count(), QuotaAccount.objects.count()) == (60, 1)


def test_one_school_in_three_events_at_once_keeps_to_its_four_over_all(group: Group) -> None:
    teaching_contest(group)

    said = race("JX-COMMON,JX-MAJOR1,JX-MAJOR2", [organisation("甲职业学院")], processes=4, tries=6)

    assert said == {"taken": 4, "entries_refused": 20}
    assert Entry.objects.count() == 4


def test_a_city_shares_its_places_between_schools_that_enter_at_once(group: Group) -> None:
    event = opened(group, {"scope": "city", "base": 3})
    bureau = organisation("郑州市教育局", kind="bureau")
    schools = [organisation(f"学院{n}", overseen_by=bureau) for n in range(4)]

    said = race(event.code, schools, processes=4, tries=4)

    assert said == {"taken": 3, "entries_refused": 13}
