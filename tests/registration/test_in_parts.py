"""A long list is judged some schools at a time: what is found is what one look at all of it finds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from backend.core.actor import SYSTEM
from backend.people.models import OrganisationName, Person
from backend.spreadsheets.columns import Row
from backend.spreadsheets.writer import OutColumn, write_xlsx
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.imports import COLUMNS
from competitions.registration.models import Entry, Member
from competitions.registration.services import checking, listing
from competitions.registration.services.checked import CheckedRow
from competitions.registration.services.packing import BLOCK, Pack
from tests.factories import organisation
from tests.registration.world import id_number, team

SINGLE: dict[str, Any] = {"team": {"contestants": 1}}
KEYS = [column.key for column in COLUMNS]
SCHOOLS = [f"第{n}学院" for n in range(9)]


class AtOnce(listing.Listed):
    """Knows nobody who is named apart, so that a single part has to find all."""

    def read(self, rows: Iterable[Row], event: Event) -> None:
        super().read(rows, event)
        self.apart.clear()


def line(event: Event, school: str, number: int, serial: int, **more: str) -> dict[str, str]:
    said = {"event_code": event.code, "school": school, "team_number": str(number), "role": "选手", "name": "陈小明"}
    return {**said, "id_number": id_number(serial), "tech_platform": next(iter(event.tech_platforms), ""), **more}


def judged(event: Event, lines: Sequence[dict[str, str]]) -> list[CheckedRow]:
    columns = [OutColumn(column.headers[0]) for column in COLUMNS]
    content = write_xlsx(columns, ([said.get(key) for key in KEYS] for said in lines), title="报名表")
    return sorted(checking.check_workbook(event, content).rows, key=lambda row: row.number)


def codes(rows: Iterable[CheckedRow]) -> list[list[tuple[str, int]]]:
    return [[(problem.code, problem.other_row) for problem in row.problems] for row in rows]


def seen(rows: Iterable[CheckedRow]) -> list[Any]:
    return [
        (
            row.number,
            row.kind,
            row.changes,
            row.lost,
            row.team,
            row.place,
            sorted((p.cell, p.code, p.other_row) for p in row.problems),
        )
        for row in rows
    ]


@pytest.fixture
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    monkeypatch.setattr(listing, "OPEN", 7)


@pytest.mark.parametrize("seed", range(4))
def test_parts_find_what_one_look_finds(
    make_event: Callable[..., Event], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    most = {"code": "T", "kind": "TEAMS_MAX", "of": ["instructor"], "params": {"max": 1}, "source": "第三条"}
    event = make_event(
        rules={
            "team": {"contestants": 2, "contestants_min": 2, "instructors_max": 2, "teams_per_school_max": 2},
            "quota": {"base": 3, "unit": "persons", "source": "第四条"},
            "eligibility": [most],
        }
    )
    schools = [organisation(name) for name in SCHOOLS[:-1]]  # the last one is not known
    standing = services.enter_many(
        actor=SYSTEM, event=event, drafts=[team(schools[0], 30, size=2), team(schools[1], 40, size=2)]
    )
    people = Person.objects.order_by("pk")
    merged = services.enter_many(
        actor=SYSTEM, event=make_event(code="ELSE", rules=SINGLE), drafts=[team(schools[2], 50, size=1)]
    )
    Person.objects.filter(members__entry=merged[0]).update(merged_into=people[0])
    chance = random.Random(seed)
    lines = [
        line(
            event,
            chance.choice(SCHOOLS),
            chance.randrange(4),
            chance.randrange(28, 62),
            role=chance.choice(("选手", "选手", "指导教师")),
        )
        for _row in range(150)
    ]

    monkeypatch.setattr(checking, "Listed", AtOnce)
    monkeypatch.setattr(listing, "AT_ONCE", 10_000)
    whole = judged(event, lines)
    monkeypatch.undo()
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    parts = judged(event, lines)

    assert len(standing) == 2
    assert {"DUPLICATE_PERSON", "ALREADY_ENTERED", "RULE_BROKEN", "QUOTA_EVENT", "SCHOOL_UNKNOWN", "TEAM_NUMBER"} <= {
        code for row in codes(whole) for code, _other in row
    }
    assert seen(parts) == seen(whole)


@pytest.mark.usefixtures("in_small_parts")
def test_a_person_of_two_schools_is_charged_to_the_later_row(make_event: Callable[..., Event]) -> None:
    event = make_event(rules=SINGLE)
    for name in SCHOOLS[:3]:
        organisation(name)
    named = [("第1学院", 100), ("第0学院", 101), ("第2学院", 101), ("第0学院", 100), ("第1学院", 101)]

    rows = judged(event, [line(event, school, n, serial) for n, (school, serial) in enumerate(named, start=1)])

    assert codes(rows) == [[], [], [("DUPLICATE_PERSON", 3)], [("DUPLICATE_PERSON", 2)], [("DUPLICATE_PERSON", 3)]]


@pytest.mark.usefixtures("in_small_parts")
def test_a_city_s_quota_is_one_over_all_parts(make_event: Callable[..., Event]) -> None:
    event = make_event(rules={**SINGLE, "quota": {"scope": "city", "base": 2, "source": "通知"}})
    bureau = organisation("郑州市教育局", kind="bureau")
    for name in SCHOOLS[:4]:
        organisation(name, overseen_by=bureau)

    rows = judged(event, [line(event, name, 1, 100 + n) for n, name in enumerate(SCHOOLS[:4])])

    assert codes(rows) == [[], [], [("QUOTA_EVENT", 0)], [("QUOTA_EVENT", 0)]]


@pytest.mark.usefixtures("in_small_parts")
def test_a_school_under_two_names_is_one(make_event: Callable[..., Event]) -> None:
    event = make_event(rules={"team": {"contestants": 1, "teams_per_school_max": 2}})
    school = organisation("开封大学")
    organisation("第0学院")
    OrganisationName.objects.create(organisation=school, name="汴京学院", name_key="汴京学院")
    named = ["汴京学院", "第0学院", "开封大学", "汴京学院"]

    rows = judged(event, [line(event, name, n, 100 + n) for n, name in enumerate(named, start=1)])

    assert codes(rows) == [[], [], [], [("TOO_MANY_TEAMS", 0)]]
    assert [row.school == school.pk for row in rows] == [True, False, True, True]


@pytest.mark.usefixtures("in_small_parts")
def test_a_list_taken_before_is_known_in_every_part(make_event: Callable[..., Event]) -> None:
    event = make_event(rules=SINGLE)
    schools = [organisation(name) for name in SCHOOLS[:3]]
    services.enter_many(
        actor=SYSTEM, event=event, drafts=[team(school, 100 + n, size=1) for n, school in enumerate(schools)]
    )

    rows = judged(event, [line(event, name, 1, 100 + n, grade="2024级") for n, name in enumerate(SCHOOLS[:3])])

    assert [(row.kind, sorted(row.changes), row.ok) for row in rows] == [("change", ["grade", "name"], True)] * 3
    assert (Member.objects.count(), Entry.objects.count()) == (3, 3)


def test_each_school_is_in_one_part_and_its_rows_are_in_order(
    make_event: Callable[..., Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(rules=SINGLE)
    schools = {name: organisation(name) for name in SCHOOLS}
    monkeypatch.setattr(listing, "AT_ONCE", 50)
    rows = [row for row in judged(event, [line(event, SCHOOLS[n % 9], n // 9 + 1, n) for n in range(180)])]
    listed = listing.Listed({})
    for row in rows:
        listed._add(row.read)

    parts = [[read.row.number for read in part] for part in listed.parts(schools)]

    assert [len(part) for part in parts] == [60, 60, 60]
    assert parts == [sorted(part) for part in parts]
    assert [{(number - 2) % 9 for number in part} for part in parts] == [{0, 1, 2}, {3, 4, 5}, {6, 7, 8}]


@pytest.mark.parametrize("held", [0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 1])
def test_a_pack_gives_what_it_was_given_as_often_as_asked(held: int) -> None:
    pack: Pack[tuple[int, str]] = Pack()
    for n in range(held):
        pack.add((n, f"第{n}"))

    assert len(pack) == held
    assert list(pack) == list(pack) == [(n, f"第{n}") for n in range(held)]
    pack.close()
    assert list(pack) == [(n, f"第{n}") for n in range(held)]
