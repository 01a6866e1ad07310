"""The template with a school's own teams: its numbers only to that school, and unchanged it changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.people.models import Organisation
from backend.spreadsheets.errors import SheetRefused
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Member
from competitions.registration.services import check_workbook
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, id_number, team


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


@pytest.fixture
def entered(event: Event, organiser: Actor, school: Organisation) -> None:
    drafts = [team(school), team(organisation("开封大学"), serial=500)]
    services.enter_many(actor=organiser, event=event, drafts=drafts)


def test_a_school_takes_out_its_own_teams_and_no_others(entered: None, event: Event, coordinator: Actor) -> None:
    page = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=event)))["报名表"]

    numbers = [row[10].value for row in page.iter_rows(min_row=4, max_row=8)]
    assert numbers == [id_number(100), id_number(101), id_number(102), None, None]
    assert [page.cell(4, 5).value, page.cell(7, 2).value] == ["郑州铁路职业技术学院", event.code]


def test_uploaded_again_unchanged_it_changes_nothing(
    entered: None, event: Event, coordinator: Actor, school: Organisation
) -> None:
    content = services.filled_template(actor=coordinator, event=event)

    report = check_workbook(event, content, school=school)

    assert [(row.kind, row.ok) for row in report.rows] == [("known", True)] * 3


def test_the_header_is_locked_and_the_rows_are_open(event: Event, coordinator: Actor) -> None:
    page = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=event)))["报名表"]

    assert page.protection.sheet is True
    assert (page["H3"].protection.locked, page["H4"].protection.locked) == (True, False)


def test_the_empty_rows_begin_with_the_school_and_offer_its_majors_and_grades(
    entered: None, make_event: Callable[..., Event], coordinator: Actor, client: Client
) -> None:
    Member.objects.update(major_name="大数据技术", grade="2024级")
    other = make_event("GZ-2026-700", rules=RULES)
    client.force_login(User.objects.get(pk=coordinator.user_id))

    book = load_workbook(io.BytesIO(client.get(f"/events/{other.code}/import/template/").content))

    page = book["报名表"]
    rules = {str(rule.sqref)[0]: rule for rule in page.data_validations.dataValidation}
    choices = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["可选值"].columns}
    assert [page.cell(row, 5).value for row in (4, 503)] == ["郑州铁路职业技术学院"] * 2
    assert (choices["参赛学校"], choices["专业名称"], choices["年级"]) == (
        ["郑州铁路职业技术学院"], ["大数据技术"], ["2024级"],
    )  # fmt: skip
    assert (rules["N"].showErrorMessage, rules["I"].showErrorMessage) == (False, True)
    assert len(book.sheetnames) == 2


def test_people_of_the_school_are_copied_into_the_list_and_it_is_taken(
    entered: None, make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    """The round trip: the template of another event, filled from its second sheet, is imported without a word."""
    other = make_event("GZ-2026-700", rules=RULES)
    book = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=other)))
    page, people = book["报名表"], book["本校人员"]
    titles = [cell.value for cell in page[3]]
    known = [{k.value: v.value for k, v in zip(people[1], row, strict=True)} for row in people.iter_rows(min_row=2)]
    for number, person in enumerate(known, start=4):
        for title, value in {**person, "参赛队序号": 1, "技术平台": "平台甲"}.items():
            page.cell(number, titles.index(title) + 1).value = value
    out = io.BytesIO()
    book.save(out)

    staged = services.stage_import(actor=coordinator, event=other, content=out.getvalue(), file_name="表.xlsx")
    services.check_import(entry_import=staged.uid)
    staged.refresh_from_db()
    services.confirm_import(actor=coordinator, entry_import=staged)

    (entry,) = other.entries.all()
    assert (staged.rows_read, staged.rows_refused) == (3, 0)
    assert [m.reveal("name") for m in entry.members.order_by("position")] == ["人100", "人101", "人102"]
    assert (entry.school, entry.state) == (school, "draft")


def test_nobody_of_another_school_and_nobody_entered_here_is_among_the_people(
    entered: None, event: Event, make_event: Callable[..., Event], coordinator: Actor
) -> None:
    here = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=event)))
    other = make_event("GZ-2026-700", rules=RULES)
    there = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=other)))["本校人员"]

    assert "本校人员" not in here.sheetnames
    assert sorted(str(row[1].value) for row in there.iter_rows(min_row=2)) == ["人100", "人101", "人102"]


def test_a_template_left_empty_is_no_list(event: Event, coordinator: Actor, school: Organisation) -> None:
    with pytest.raises(SheetRefused) as caught:
        check_workbook(event, services.filled_template(actor=coordinator, event=event), school=school)

    assert caught.value.code == "NO_ROWS"


def test_who_took_it_is_on_record_without_a_name(entered: None, event: Event, coordinator: Actor) -> None:
    services.filled_template(actor=coordinator, event=event)

    entry = AuditEntry.objects.get(action="entry.take_out")
    assert (entry.user_uid, entry.event_code) == (coordinator.user_uid, event.code)
    assert "人100" not in str(entry.details)


def test_organisers_and_other_schools_do_not_get_it(
    entered: None, event: Event, organiser: Actor, client: Client
) -> None:
    other = signed_in("other", "school_coordinator", "organisation", str(organisation("新乡学院").uid))
    client.force_login(User.objects.get(pk=other.user_id))

    with pytest.raises(NotAllowed):
        services.filled_template(actor=organiser, event=event)
    page = load_workbook(io.BytesIO(client.get(f"/events/{event.code}/import/filled/").content))["报名表"]

    assert page.cell(4, 11).value is None
