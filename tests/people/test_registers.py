"""A group's paper list of members taken in from a workbook, whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import NotAllowed
from backend.people import services
from backend.people.models import Group, Membership, Organisation
from backend.people.services import MembersTaken
from backend.spreadsheets.writer import OutColumn, write_xlsx
from tests.factories import browser, organisation, signed_in

pytestmark = pytest.mark.django_db
HEADERS = ("单位全称", "成员类别", "加入日期", "理事会职务", "联系人", "联系电话", "统一社会信用代码", "新登记单位")
CODE = "91350100M000100Y43"  # the example of the standard


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)


def sheet(*rows: Sequence[Any]) -> bytes:
    filled = [[*row, *[""] * (len(HEADERS) - len(row))] for row in rows]
    return write_xlsx([OutColumn(title) for title in HEADERS], filled, title="成员名单")


def taken(actor: Actor, group: Group, *rows: Sequence[Any]) -> MembersTaken:
    return services.import_members(actor=actor, group=group, content=sheet(*rows))


def upload(client: Client, content: bytes, code: str = "12") -> Any:
    return client.post(f"/groups/{code}/members/import/", {"file": SimpleUploadedFile("名单.xlsx", content)})


def test_members_are_found_by_present_and_former_names(secretary: Actor, group: Group) -> None:
    one, two = organisation("开封大学"), organisation("新乡职业技术学院")
    two.names.create(name="新乡职业学校", name_key="新乡职业学校")

    done = taken(
        secretary,
        group,
        ("开封 大学", "职业院校", "2023-05-06", "副理事长单位", "周老师", "0371-6000000"),
        ("新乡职业学校", "院校"),
    )

    assert (done.errors, done.added, done.recorded) == ((), 2, 0)
    member = Membership.objects.get(organisation=one)
    assert (member.kind, str(member.joined_on), member.council_role) == ("school", "2023-05-06", "副理事长单位")
    assert (member.asked, "周老师" in member.contact_sealed) == ("周老师 0371-6000000", False)
    assert Membership.objects.filter(organisation=two).count() == 1


def test_an_enterprise_that_is_not_recorded_is_recorded_where_its_row_says_so(secretary: Actor, group: Group) -> None:
    done = taken(secretary, group, ("河南某某电子有限公司", "企事业单位", "", "理事单位", "", "", CODE, "是"))

    made = Organisation.objects.get(name="河南某某电子有限公司")
    assert (done.added, done.recorded, made.kind, made.uscc) == (1, 1, "enterprise", CODE)
    acts = AuditEntry.objects.filter(action__in=["organisation.record", "member.import"])
    assert acts.count() == 2


def test_every_error_is_told_at_its_cell_and_nothing_is_written(secretary: Actor, group: Group) -> None:
    known, other = organisation("开封大学"), organisation("洛阳职业技术学院", uscc=CODE)
    Membership.objects.create(group=group, organisation=known, joined_on=date(2020, 1, 1))
    Membership.objects.create(
        group=group, organisation=other, joined_on=date(2019, 1, 1), ended_on=date(2022, 1, 1), end_reason="x"
    )
    ahead = (clock.today() + timedelta(days=2)).isoformat()

    done = taken(
        secretary,
        group,
        ("洛阳职业技术学校", "职业院校"),
        ("某某有限公司", "公司类", "", "", "", "", "123", "也许"),
        ("开封大学", "职业院校", "2021-01-01"),
        ("开封大学", "职业院校"),
        ("洛阳职业技术学院", "职业院校", "2021-01-01"),
        ("全新有限公司", "企业", ahead, "理" * 41, "", "", CODE, "是"),
        ("", "职业院校", "昨天"),
    )

    told = {error.cell: error.message for error in done.errors}
    assert sorted(told) == sorted(["A2", "A3", "B3", "G3", "H3", "C4", "A5", "C6", "C7", "D7", "G7", "A8", "C8"])
    assert "洛阳职业技术学院" in told["A2"] and "新登记单位" in told["A2"]
    assert "2020-01-01" in told["C4"] and "A4" in told["A5"] and "2022-01-01" in told["C6"]
    assert Membership.objects.filter(group=group, ended_on=None).count() == 1
    assert not Organisation.objects.filter(name="全新有限公司").exists()
    book = load_workbook(io.BytesIO(done.marked))
    assert "没有" in book["成员名单"]["A2"].comment.text
    assert book["成员名单"]["A4"].comment is None


def test_the_same_list_again_brings_up_to_date_and_ends_nobody(secretary: Actor, group: Group) -> None:
    organisation("开封大学"), organisation("新乡职业技术学院")
    rows = [("开封大学", "职业院校", "2023-05-06"), ("新乡职业技术学院", "职业院校")]
    taken(secretary, group, *rows)

    same = taken(secretary, group, *rows)
    newer = taken(secretary, group, ("开封大学", "职业院校", "", "理事单位", "周老师"))

    assert (same.added, same.changed, same.unchanged) == (0, 0, 2)
    assert (newer.added, newer.changed) == (0, 1)
    member = Membership.objects.get(organisation__name="开封大学")
    assert (str(member.joined_on), member.council_role, member.told("contact")) == ("2023-05-06", "理事单位", "周老师")
    assert Membership.objects.filter(group=group, ended_on=None).count() == 2


def test_two_new_organisations_do_not_share_a_code(secretary: Actor, group: Group) -> None:
    row = ("企业", "", "", "", "", CODE, "是")

    done = taken(secretary, group, ("甲公司", *row), ("乙公司", *row))

    assert [error.cell for error in done.errors] == ["G3"]


def test_owner_colleague_and_stranger(secretary: Actor, group: Group, other_group: Group, organiser: Actor) -> None:
    organisation("开封大学")
    stranger = signed_in("stranger", "group_secretary", "group", other_group.code)
    for actor in (stranger, organiser, PUBLIC):
        with pytest.raises(NotAllowed):
            taken(actor, group, ("开封大学", "职业院校"))
    bad = upload(browser(secretary), sheet(("不存在学院", "职业院校"))).context["marked"]

    for client in (browser(stranger), browser(organiser)):
        assert client.get("/groups/12/members/import/").status_code == 404
        assert client.get("/groups/12/members/template/").status_code == 404
        assert upload(client, sheet(("开封大学", "职业院校"))).status_code == 404
        assert client.get(f"/sheets/{bad}/").status_code == 404
    colleague = signed_in("colleague", "group_secretary", "group", group.code)
    assert taken(colleague, group, ("开封大学", "职业院校")).added == 1


def test_the_page_shows_errors_gives_the_marked_workbook_and_takes_the_mended_one(
    secretary: Actor, group: Group
) -> None:
    organisation("开封大学")
    client = browser(secretary)

    wrong = upload(client, sheet(("开封大", "职业院校")))
    book = load_workbook(io.BytesIO(client.get(f"/sheets/{wrong.context['marked']}/").content))
    book.active["A2"].value = "开封大学"  # type: ignore[index]
    mended = io.BytesIO()
    book.save(mended)
    right = upload(client, mended.getvalue())
    no_list = upload(client, b"PK not a workbook")

    assert wrong.status_code == 422 and "A2" in wrong.content.decode()
    assert (right.status_code, right.url) == (302, "/groups/12/members/")
    assert (no_list.status_code, list(no_list.context["form"].errors)) == (422, ["file"])
    assert "开封大学" in client.get("/groups/12/members/").content.decode()


def test_the_template_is_taken_as_it_is_filled(secretary: Actor, group: Group) -> None:
    organisation("开封大学")
    taken(secretary, group, ("开封大学", "职业院校", "2023-05-06", "理事单位", "周老师", "13800138000"))
    client = browser(secretary)

    filled = client.get("/groups/12/members/template/?filled=1").content
    again = upload(client, filled)
    empty = load_workbook(io.BytesIO(client.get("/groups/12/members/template/").content))

    assert again.status_code == 302
    assert Membership.objects.get(organisation__name="开封大学").told("phone") == "13800138000"
    assert [cell.value for cell in empty.active[3]] == list(HEADERS)  # type: ignore[index]


def test_whom_to_ask_is_for_the_secretariat_only(secretary: Actor, group: Group) -> None:
    organisation("开封大学")
    taken(secretary, group, ("开封大学", "职业院校", "", "理事单位", "周老师", "13800138000"))

    for reader, sees in ((browser(secretary), True), (Client(), False)):
        page = reader.get("/groups/12/members/").content.decode()
        assert ("周老师" in page, "理事单位" in page) == (sees, True)
    public = load_workbook(io.BytesIO(Client().get("/groups/12/members/?format=xlsx").content))
    assert "周老师" not in str([[c.value for c in row] for row in public.active.rows])  # type: ignore[union-attr]


def test_a_members_details_are_changed_on_its_page(secretary: Actor, group: Group, other_group: Group) -> None:
    organisation("开封大学")
    taken(secretary, group, ("开封大学", "职业院校", "", "", "周老师"))
    member = Membership.objects.get()
    stranger = signed_in("stranger", "group_secretary", "group", other_group.code)

    hidden = browser(stranger).post(f"/members/{member.uid}/", {"kind": "other"})
    browser(secretary).post(f"/members/{member.uid}/", {"kind": "school", "council_role": "理事单位", "contact": ""})

    member.refresh_from_db()
    assert hidden.status_code == 404
    assert (member.kind, member.council_role, member.told("contact")) == ("school", "理事单位", "")
    with pytest.raises(NotAllowed):
        services.keep_member(actor=stranger, membership=member, kind="other")


def test_a_list_of_many_rows_asks_the_database_for_few_things(secretary: Actor, group: Group) -> None:
    def cost(first: int, last: int) -> int:
        for n in range(first, last):
            organisation(f"第{n}职业学院")
        rows = [(f"第{n}职业学院", "职业院校") for n in range(first, last)]
        with CaptureQueriesContext(connection) as asked:
            assert taken(secretary, group, *rows).added == last - first
        return len(asked)

    assert cost(0, 3) == cost(3, 83)
