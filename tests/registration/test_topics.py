"""What a team is about: in the template, in a workbook and in the form, where the rules look at it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from backend.core.actor import SYSTEM, Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import EntriesRefused
from competitions.registration.imports import SEX_WORDS
from competitions.registration.models import Entry, EntryImport
from competitions.registration.render import template_workbook
from competitions.registration.rulebook import EntryDraft
from competitions.registration.rulebook.topics import TopicClaim, judge_topics
from competitions.registration.services import check_workbook
from tests.registration.world import id_number, member

SCHOOL = "郑州铁路职业技术学院"
TOPIC, CLASS = "课程（作品）", "专业类"
RULES: dict[str, Any] = {
    "team": {"contestants": 2, "contestants_min": 2},
    "quota": {"base": 4, "distinct": [{"field": "topic"}, {"field": "topic_class"}], "source": "规程第三条"},
}


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def plain(make_event: Callable[..., Event]) -> Event:
    return make_event(code="PLAIN", rules={"team": RULES["team"]})


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name=SCHOOL)


def line(serial: int, team: int = 1, **cells: str) -> dict[str, Any]:
    number = id_number(serial)
    sex = SEX_WORDS["M" if int(number[16]) % 2 else "F"]
    person = {"参赛学校": SCHOOL, "参赛队序号": team, "角色": "选手", "姓名": "陈小明", "性别": sex, "证件号码": number}
    return {**person, "技术平台": "平台甲", **cells}


def workbook(event: Event, *lines: dict[str, Any]) -> bytes:
    """The event's own template with these rows written into it."""
    book = load_workbook(io.BytesIO(template_workbook(event)))
    page = book["报名表"]
    columns = {cell.value: cell.column for cell in page[3]}
    for number, values in enumerate(lines, start=4):
        for title, value in values.items():
            page.cell(number, columns[title]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems(event: Event, *lines: dict[str, Any]) -> list[tuple[str, str]]:
    report = check_workbook(event, workbook(event, *lines))
    return [(problem.cell, problem.code) for row in report.rows for problem in row.problems]


def taken(event: Event, *lines: dict[str, Any]) -> EntryImport:
    """The workbook from its upload to its confirmation."""
    staged = services.stage_import(actor=SYSTEM, event=event, content=workbook(event, *lines))
    checked = services.check_import(entry_import=staged.uid)
    assert checked is not None
    return services.confirm_import(actor=SYSTEM, entry_import=checked)


def test_the_template_asks_for_topics_only_where_the_rules_look_at_them(event: Event, plain: Event) -> None:
    page = load_workbook(io.BytesIO(template_workbook(event)))["报名表"]
    other = load_workbook(io.BytesIO(template_workbook(plain)))["报名表"]

    assert [page["R3"].value, page["S3"].value, page["T3"].value] == [TOPIC, CLASS, "备注"]
    assert (page["R3"].protection.locked, page["R4"].protection.locked) == (True, False)
    assert {TOPIC, CLASS} & {cell.value for cell in other[3]} == set()


def test_one_row_of_a_team_names_its_topic_for_all(event: Event) -> None:
    taken(event, line(101), line(102, **{TOPIC: "机器视觉", CLASS: "自动化类"}))

    entry = Entry.objects.get()
    assert (entry.topic, entry.topic_class, entry.state) == ("机器视觉", "自动化类", "draft")


def test_a_refused_row_still_names_the_topic_of_its_team(event: Event) -> None:
    wrong = line(101, **{TOPIC: "机器视觉", CLASS: "自动化类", "证件号码": id_number(101)[:-1] + "?"})
    taken(event, wrong, line(102))

    entry = Entry.objects.get()
    assert (entry.topic, entry.topic_class, entry.state) == ("机器视觉", "自动化类", "incomplete")


def test_a_team_without_a_topic_is_charged_at_its_first_row(event: Event) -> None:
    found = problems(event, line(101, **{CLASS: "自动化类"}), line(102))

    assert found == [("R4", "TOPIC_MISSING")]


def test_rows_that_disagree_and_words_that_are_too_long_are_charged_at_their_cells(event: Event) -> None:
    named = {TOPIC: "机器视觉", CLASS: "自动化类"}
    found = problems(event, line(101, **named), line(102, **{TOPIC: "机器人", CLASS: "类" * 61}))

    assert found == [("R5", "TOPIC_DIFFERS"), ("S5", "TOO_LONG")]


def test_a_topic_named_twice_is_charged_at_its_cell(event: Event) -> None:
    one, two = {TOPIC: "机器视觉", CLASS: "自动化类"}, {TOPIC: "机器视觉", CLASS: "计算机类"}
    found = problems(event, line(101, **one), line(102), line(103, team=2), line(104, team=2, **two))

    assert found == [("R7", "TOPIC_TWICE")]


def test_a_list_that_leaves_a_standing_topic_empty_does_not_free_it(event: Event) -> None:
    named = {TOPIC: "机器视觉", CLASS: "自动化类"}
    taken(event, line(101, **named), line(102))
    two = {TOPIC: "机器视觉", CLASS: "计算机类"}

    assert problems(event, line(101), line(102), line(103, team=2, **two)) == [("R6", "TOPIC_TWICE")]


def test_taken_out_and_uploaded_again_it_is_known_and_another_topic_is_a_change(
    event: Event, school: Organisation, coordinator: Actor
) -> None:
    taken(event, line(101, **{TOPIC: "机器视觉", CLASS: "自动化类"}), line(102))

    same = check_workbook(event, services.filled_template(actor=coordinator, event=event), school=school)
    other = {TOPIC: "工业机器人", CLASS: "自动化类"}
    changed = taken(event, line(101, **other), line(102, **other))

    assert [(row.kind, row.ok) for row in same.rows] == [("known", True)] * 2
    assert list(changed.rows.values_list("kind", "changes")) == [("change", ["topic"])] * 2
    assert Entry.objects.get().topic == "工业机器人"


def test_a_team_that_was_handed_in_is_not_asked_again(event: Event, make_event: Callable[..., Event]) -> None:
    taken(event, line(101, **{TOPIC: "机器视觉", CLASS: "自动化类"}), line(102))
    Entry.objects.update(state="submitted", topic="")

    assert problems(event, line(101), line(102)) == []
    assert problems(event, line(101, **{TOPIC: "机器人"}), line(102)) == [("F4", "ENTRY_SUBMITTED")]


def test_a_column_that_no_rule_looks_at_is_left_alone(plain: Event, event: Event) -> None:
    book = load_workbook(io.BytesIO(workbook(plain, line(101), line(102))))
    page = book["报名表"]
    page["S3"], page["S4"] = TOPIC, "机器视觉"
    out = io.BytesIO()
    book.save(out)

    report = check_workbook(plain, out.getvalue())

    assert [row.problems for row in report.rows] == [(), ()]


def test_the_form_asks_for_a_topic_too(event: Event, school: Organisation, coordinator: Actor) -> None:
    people = (member(101), member(102))
    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(
            actor=coordinator, event=event, drafts=[EntryDraft(str(school.uid), 0, "平台甲", people, topic="机器视觉")]
        )

    assert list(refused.value.problems) == ["1.topic_class"]


def test_what_stands_counts_as_named() -> None:
    claims = [TopicClaim(1, ("a", 1)), TopicClaim(2, ("b", 1))]

    found = judge_topics(claims, {("a", 1): {"topic": "x"}, ("b", 1): {"topic": ""}}, ["topic"])

    assert [(finding.code, finding.row) for finding in found] == [("TOPIC_MISSING", 2)]
