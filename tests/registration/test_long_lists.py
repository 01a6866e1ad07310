"""A list of many schools is taken some schools at a time: all of it or nothing, and never all of it in memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.conf import settings
from django.db import connection

from backend.audit.models import AuditEntry
from backend.core.actor import SYSTEM
from backend.people.models import Group, Organisation, Person
from backend.spreadsheets.writer import OutColumn, write_xlsx
from competitions.contests.models import Contest, Edition, Event, RuleSet
from competitions.registration import services
from competitions.registration.errors import ImportMoved
from competitions.registration.imports import COLUMNS
from competitions.registration.models import Entry, EntryImport, Member
from competitions.registration.services.taking import AT_ONCE
from tests.factories import organisation
from tests.registration.world import id_number, registering, team

SIZE = 5
RULES = {"team": {"contestants": SIZE}}

KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
from backend.core.actor import SYSTEM
from competitions.registration import services
from competitions.registration.models import EntryImport, Member
def killing(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if sql.startswith("INSERT INTO") and "registration_member" in sql[:40]:
        print(Member.objects.count(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    return done
with connection.execute_wrapper(killing):
    services.confirm_import(actor=SYSTEM, entry_import=EntryImport.objects.get())
"""


def person(serial: int) -> str:
    """The number of one of many people."""
    return id_number(serial % 1000, f"{2004 + serial // 1000}0601")


def checked(event: Event, schools: Sequence[Organisation], teams: int, *, people: Sequence[int] = ()) -> EntryImport:
    """A list with that many teams of each school, checked. people: serials in the order of the sheet."""
    keys = [column.key for column in COLUMNS]
    lines, serials = [], iter(people or range(len(schools) * teams * SIZE))
    for school in schools:
        for number in range(1, teams + 1):
            said = {"event_code": event.code, "school": school.name, "team_number": str(number), "role": "选手"}
            said["tech_platform"] = next(iter(event.tech_platforms), "")
            for _seat in range(SIZE):
                serial = next(serials)
                lines.append([{**said, "name": "陈小明", "id_number": person(serial)}.get(key) for key in keys])
    content = write_xlsx([OutColumn(column.headers[0]) for column in COLUMNS], lines, title="报名表")
    staged = services.stage_import(actor=SYSTEM, event=event, content=content)
    services.check_import(entry_import=staged.uid)
    staged.refresh_from_db()
    assert (staged.state, staged.rows_ok) == ("checked", len(lines)), staged.rows.first().problems
    return staged


def schools_of(n: int, name: str = "第{}学院") -> list[Organisation]:
    return [organisation(name.format(i)) for i in range(n)]


def standing() -> tuple[int, int, int, int]:
    return Entry.objects.count(), Member.objects.count(), Person.objects.count(), AuditEntry.objects.count()


def test_list_of_many_schools_is_taken_whole(make_event: Callable[..., Event]) -> None:
    staged = checked(make_event(rules=RULES), schools_of(12), 20)

    services.confirm_import(actor=SYSTEM, entry_import=staged)

    assert 12 * 20 * SIZE > 2 * AT_ONCE
    taken = Counter(Entry.objects.values_list("school__name", "state"))
    assert taken == {(f"第{n}学院", "draft"): 20 for n in range(12)}
    assert set(Counter(Member.objects.values_list("entry", flat=True)).values()) == {SIZE}
    assert Person.objects.count() == 12 * 20 * SIZE
    assert AuditEntry.objects.filter(action="entry.enter").count() == 12 * 20
    assert AuditEntry.objects.get(action="import.confirm").details == {"rows": 1200, "entries": 240}


def test_same_list_again_brings_nobody_twice(make_event: Callable[..., Event]) -> None:
    event, schools = make_event(rules=RULES), schools_of(3)
    services.confirm_import(actor=SYSTEM, entry_import=checked(event, schools, 40))
    before = standing()[:3]
    longer = checked(event, [*schools, organisation("新学院")], 40)

    services.confirm_import(actor=SYSTEM, entry_import=longer)

    assert (longer.rows_known, before) == (600, (120, 600, 600))
    assert standing()[:3] == (160, 800, 800)


def test_one_place_lost_in_the_last_school_leaves_nothing_of_the_first(make_event: Callable[..., Event]) -> None:
    event, schools = make_event(rules=RULES), schools_of(12)
    staged = checked(event, schools, 20)
    stranger = team(schools[-1], 900, 20, size=1)
    services.enter_many(actor=SYSTEM, event=event, drafts=[stranger])
    before = standing()

    with pytest.raises(ImportMoved):
        services.confirm_import(actor=SYSTEM, entry_import=staged)

    staged.refresh_from_db()
    assert (standing(), staged.state) == (before, "checked")


def test_person_of_the_list_entered_by_another_school_meanwhile_leaves_nothing(
    make_event: Callable[..., Event],
) -> None:
    event, schools = make_event(rules=RULES), schools_of(12)
    staged = checked(event, schools, 20, people=[*range(1000, 1000 + 1199), 100])
    services.enter_many(actor=SYSTEM, event=event, drafts=[team(organisation("别校"), 100, size=1)])
    before = standing()
    Member.objects.update(person=Person.objects.get())

    with pytest.raises(ImportMoved):
        services.confirm_import(actor=SYSTEM, entry_import=staged)

    assert standing() == before


def test_rows_that_name_no_school_ask_for_another_check(make_event: Callable[..., Event]) -> None:
    """Rows that were kept before their schools were."""
    staged = checked(make_event(rules=RULES), schools_of(2), 1)
    staged.rows.filter(number=staged.rows.first().number).update(school=None)

    with pytest.raises(ImportMoved):
        services.confirm_import(actor=SYSTEM, entry_import=staged)

    assert Entry.objects.count() == 0


def peak_of(service: Callable[..., object], **arguments: object) -> int:
    tracemalloc.start()
    try:
        service(**arguments)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_of_a_confirmation_does_not_grow_with_the_list(make_event: Callable[..., Event]) -> None:
    def peak(code: str, schools: int) -> int:
        event = make_event(code=code, rules=RULES)
        staged = checked(event, schools_of(schools, f"{code}{{}}学院"), 10)
        return peak_of(services.confirm_import, actor=SYSTEM, entry_import=staged)

    peak("WARM", 1)
    short, long = peak("SHORT", 12), peak("LONG", 48)

    assert long < short * 1.5  # four times the rows


def test_memory_of_a_check_does_not_grow_with_the_list(make_event: Callable[..., Event]) -> None:
    def peak(code: str, schools: int) -> int:
        event = make_event(code=code, rules=RULES)
        staged = checked(event, schools_of(schools, f"{code}{{}}学院"), 10)
        EntryImport.objects.filter(pk=staged.pk).update(state="staged")
        return peak_of(services.check_import, entry_import=staged.uid)

    peak("WARM", 1)
    short, long = peak("SHORT", 24), peak("LONG", 96)

    assert (long - short) / (
        72 * 10 * SIZE
    ) < 450  # bytes for each row more; held as it is read, one takes two thousand


@pytest.fixture
def committed(transactional_db: None) -> Group:
    """A group as other processes and threads see it."""
    return Group.objects.create(
        code="12", number=12, name="集团", lead_school=organisation("牵头"), major_category="51"
    )


def opened(group: Group, code: str) -> Event:
    contest, _made = Contest.objects.get_or_create(code="HN", defaults={"name": "大赛"})
    edition, _made = Edition.objects.get_or_create(contest=contest, year=2026, name="2026")
    rule_set, _made = RuleSet.objects.get_or_create(code="r", defaults={"title": "规程", "rules": RULES})
    return registering(edition, group, rule_set, code)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.postgres_only
def test_confirmation_killed_in_the_middle_leaves_nothing_and_can_be_begun_again(committed: Group) -> None:
    staged = checked(opened(committed, "GZ-1"), schools_of(12), 20)
    before = standing()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    name = str(connection.settings_dict["NAME"])

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, name], env=env, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )

    assert (killed.returncode, int(killed.stdout)) == (-signal.SIGKILL, AT_ONCE)
    assert standing() == before
    services.confirm_import(actor=SYSTEM, entry_import=staged)
    assert (Entry.objects.count(), Member.objects.count()) == (240, 1200)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.postgres_only
def test_two_lists_that_name_the_same_people_in_opposite_order_are_both_taken(committed: Group) -> None:
    here, there = schools_of(2, "甲{}学院"), schools_of(2, "乙{}学院")
    first = checked(opened(committed, "GZ-1"), here, 60)
    second = checked(opened(committed, "GZ-2"), there, 60, people=[*range(300, 600), *range(300)])
    start, outcome = threading.Barrier(2), []

    def confirm(staged: EntryImport) -> None:
        start.wait(10)
        try:
            services.confirm_import(actor=SYSTEM, entry_import=staged)
            outcome.append("taken")
        finally:
            connection.close()

    racers = [threading.Thread(target=confirm, args=(staged,)) for staged in (first, second)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)

    assert outcome == ["taken", "taken"]
    assert (Person.objects.count(), Member.objects.count()) == (600, 1200)
