"""The yearly report: members and counted activities of one group, in the columns of that year."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people import services
from backend.people.enums import StatisticSheet
from backend.people.models import Group, Membership
from backend.people.selectors import Heading, headings_of
from tests.factories import organisation, signed_in

pytestmark = pytest.mark.django_db
MEMBERS, ACTIVITIES = StatisticSheet.MEMBERS, StatisticSheet.ACTIVITIES


@pytest.fixture
def officer(db: None) -> Actor:
    return signed_in("officer", "sys_admin", "system", "")


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)


def browser(actor: Actor) -> Client:
    cache.clear()
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def member(group: Group, name: str, joined: date | None, ended: date | None = None) -> Membership:
    return Membership.objects.create(group=group, organisation=organisation(name), joined_on=joined, ended_on=ended)


def book(client: Client, year: int) -> dict[str, list[tuple[Any, ...]]]:
    answer = client.get(f"/groups/12/statistics/?year={year}&format=xlsx")
    assert answer.status_code == 200
    sheets = load_workbook(io.BytesIO(answer.content)).worksheets
    return {sheet.title: list(sheet.values) for sheet in sheets}


def test_the_members_of_a_year_are_those_of_any_of_its_days(secretary: Actor, group: Group) -> None:
    member(group, "全年成员", None)
    member(group, "年末加入", date(2025, 12, 31))
    member(group, "年初退出", date(2023, 1, 1), date(2025, 1, 2))
    member(group, "上年退出", date(2023, 1, 1), date(2025, 1, 1))
    member(group, "次年加入", date(2026, 1, 1))

    rows = book(browser(secretary), 2025)["成员单位"]

    assert {row[1] for row in rows[1:]} == {"全年成员", "年末加入", "年初退出"}


def test_leaving_after_the_year_is_not_told_in_it(secretary: Actor, group: Group) -> None:
    member(group, "次年退出", date(2023, 1, 1), date(2026, 3, 1))

    rows = book(browser(secretary), 2025)["成员单位"]

    assert rows[1][-1] is None


def test_activities_are_counted_by_the_rooms_that_know_them(secretary: Actor, group: Group, make_event: Any) -> None:
    member(group, "新成员", date(2026, 2, 1))
    make_event("GZ-2026-001")
    make_event("GZ-2026-002", state="draft")
    make_event("GZ-2026-003", state="scoring")

    rows = {row[2]: row[3] for row in book(browser(secretary), 2026)["活动"][1:]}

    assert (rows["新加入的单位"], rows["牵头举办的赛项"], rows["颁发证书"]) == (1, 2, 0)


def test_a_years_columns_hold_until_a_later_year_has_its_own(officer: Actor) -> None:
    services.set_statistic_columns(
        actor=officer, year=2024, sheet=MEMBERS, headings=[Heading("单位全称", "member_name")]
    )
    services.set_statistic_columns(
        actor=officer,
        year=2026,
        sheet=MEMBERS,
        headings=[Heading("信用代码", "uscc"), Heading("单位", "member_name")],
    )

    found = [[h.title for h in headings_of(year, MEMBERS)] for year in (2024, 2025, 2026)]

    assert found == [["单位全称"], ["单位全称"], ["信用代码", "单位"]]
    assert len(headings_of(2023, MEMBERS)) == 6


@pytest.mark.parametrize(
    "sources", [[], ["unknown"], ["uscc", "uscc"], ["activity"]], ids=["none", "unknown", "twice", "other list"]
)
def test_columns_that_cannot_be_filled_are_refused(sources: list[str], officer: Actor) -> None:
    with pytest.raises(Invalid):
        services.set_statistic_columns(
            actor=officer, year=2026, sheet=MEMBERS, headings=[Heading("列", s) for s in sources]
        )


def test_only_system_officers_set_columns(secretary: Actor, organiser: Actor) -> None:
    for actor in (secretary, organiser):
        with pytest.raises(NotAllowed):
            services.set_statistic_columns(actor=actor, year=2026, sheet=MEMBERS, headings=[Heading("列", "uscc")])
        assert browser(actor).get("/statistics/2026/members/").status_code == 403


def test_columns_are_set_on_the_page_in_the_order_of_their_places(officer: Actor) -> None:
    told = {"activities-count_place": "2", "activities-activity_place": "1", "activities-activity_title": "项目"}

    answer = browser(officer).post("/statistics/2026/activities/", told)

    assert answer.status_code == 302
    assert [(h.source, h.title) for h in headings_of(2026, ACTIVITIES)] == [("activity", "项目"), ("count", "数量")]


def test_the_workbook_has_the_columns_that_were_set_on_the_page(officer: Actor, secretary: Actor, group: Group) -> None:
    made = member(group, "开封大学", date(2026, 3, 1))
    Membership.objects.filter(pk=made.pk).update(council_role="副理事长单位")
    told = {"members-member_name_place": "2", "members-member_name_title": "单位"}
    told |= {"members-council_role_place": "1", "members-joined_on_place": "3", "members-joined_on_title": "入会日期"}

    browser(officer).post("/statistics/2026/members/", told)

    head, *rows = next(iter(book(browser(secretary), 2026).values()))
    assert head == ("理事会职务", "单位", "入会日期")
    assert [(row[0], row[1], row[2].date()) for row in rows if row[1] == "开封大学"] == [
        ("副理事长单位", "开封大学", date(2026, 3, 1))
    ]


def test_two_columns_in_one_place_are_refused_on_the_page(officer: Actor) -> None:
    told = {"activities-count_place": "1", "activities-activity_place": "1"}

    answer = browser(officer).post("/statistics/2026/activities/", told)

    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (422, 1)


def test_another_groups_secretary_and_others_find_no_report(organiser: Actor, other_group: Group, group: Group) -> None:
    stranger = signed_in("other", "group_secretary", "group", other_group.code)

    assert [browser(a).get("/groups/12/statistics/").status_code for a in (stranger, organiser)] == [404, 404]


@pytest.mark.parametrize("year", ["2021", "x", "9999", "２０２５"])
def test_a_year_without_report_is_not_found(year: str, secretary: Actor) -> None:
    assert browser(secretary).get(f"/groups/12/statistics/?year={year}").status_code == 404


def test_the_report_costs_the_same_however_long(secretary: Actor, group: Group) -> None:
    client, costs = browser(secretary), []
    for n in range(0, 31, 30):
        for m in range(n + 1):
            member(group, f"第{n}届第{m}单位", clock.today())
        with CaptureQueriesContext(connection) as asked:
            client.get("/groups/12/statistics/")
        costs.append(len(asked))

    assert costs[0] == costs[1]
