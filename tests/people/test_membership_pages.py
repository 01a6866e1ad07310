"""The pages by which a unit applies and a secretary decides, and those of a group's own affairs."""

from __future__ import annotations

import io

import pytest
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook

from backend.core.actor import Actor
from backend.people.models import Committee, Group, Membership, MembershipApplication, Office, Organisation
from tests.factories import browser, organisation, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def school() -> Organisation:
    return organisation("开封大学")


@pytest.fixture
def unit(school: Organisation) -> Client:
    return browser(signed_in("unit", "school_coordinator", "organisation", str(school.uid)))


@pytest.fixture
def secretary(group: Group) -> Client:
    return browser(signed_in("secretary", "group_secretary", "group", group.code))


@pytest.fixture
def stranger(other_group: Group) -> Client:
    return browser(signed_in("other-secretary", "group_secretary", "group", other_group.code))


def applied(unit: Client, **told: str) -> MembershipApplication:
    form = {"kind": "school", "effective_on": "2026-11-01", "statement": "愿遵守章程", **told}
    unit.post("/groups/12/applications/join/", form)
    found = MembershipApplication.objects.get()
    unit.post(f"/memberships/{found.uid}/step/submit/")
    return found


def test_a_unit_applies_and_the_secretary_accepts_on_their_pages(unit: Client, secretary: Client) -> None:
    found = applied(unit)

    waiting = secretary.get("/").content.decode()
    answer = secretary.post(f"/memberships/{found.uid}/decision/", {"verb": "accept", "on": "2026-11-05"})

    assert "/memberships/?state=submitted" in waiting
    assert (answer.status_code, str(Membership.objects.get().joined_on)) == (302, "2026-11-05")
    assert "河南电子与信息职业教育集团" in unit.get("/memberships/").content.decode()


def test_a_return_without_a_reason_comes_back_with_the_field_named(unit: Client, secretary: Client) -> None:
    found = applied(unit)

    answer = secretary.post(f"/memberships/{found.uid}/decision/", {"verb": "return"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_a_return_marks_the_places_and_the_unit_reads_them_where_it_mends(unit: Client, secretary: Client) -> None:
    found = applied(unit)
    told = {"verb": "return", "remark-statement": "请写明法人代表", "remark-kind": "应为企事业单位"}

    refused = secretary.post(f"/memberships/{found.uid}/decision/", {**told, "verb": "accept", "on": "2026-11-05"})
    secretary.post(f"/memberships/{found.uid}/decision/", told)

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["verb"])
    page = unit.get(f"/memberships/{found.uid}/").content.decode()
    assert "请写明法人代表" in page and "成员类别：应为企事业单位" in page
    form = unit.get(f"/memberships/{found.uid}/edit/").context["form"]
    hints = {name: form[name].help_text for name in ("kind", "effective_on", "statement")}
    assert hints == {"kind": "退回原因：应为企事业单位", "effective_on": "", "statement": "退回原因：请写明法人代表"}
    found.refresh_from_db()
    assert found.state == "returned"


def test_the_unit_reads_why_it_came_back_and_submits_again(unit: Client, secretary: Client) -> None:
    found = applied(unit)
    secretary.post(f"/memberships/{found.uid}/decision/", {"verb": "return", "reason": "请补法人证书"})

    page = unit.get(f"/memberships/{found.uid}/").content.decode()
    unit.post(f"/memberships/{found.uid}/edit/", {"kind": "school", "effective_on": "2026-12-01", "statement": "已补"})
    unit.post(f"/memberships/{found.uid}/step/submit/")

    found.refresh_from_db()
    assert "请补法人证书" in page
    assert (found.state, str(found.effective_on)) == ("submitted", "2026-12-01")


def test_another_groups_secretary_finds_nothing(
    unit: Client, stranger: Client, secretary: Client, group: Group
) -> None:
    found = applied(unit)
    secretary.post("/groups/12/committees/", {"class_code": "5102", "name": "计算机类专业委员会"})
    paths = [f"/memberships/{found.uid}/", "/groups/12/keep/", "/groups/12/offices/", "/groups/12/committees/"]

    assert [stranger.get(path).status_code for path in paths] == [404] * 4
    posted = [f"/memberships/{found.uid}/decision/", f"/committees/{Committee.objects.get().uid}/end/"]
    assert [stranger.post(path).status_code for path in posted] == [404, 404]


def test_an_organiser_sees_applications_but_does_not_decide(unit: Client, organiser: Actor) -> None:
    found, client = applied(unit), browser(organiser)

    assert client.get(f"/memberships/{found.uid}/").context["form"] is None
    assert client.post(f"/memberships/{found.uid}/decision/", {"verb": "accept"}).status_code == 403


def test_a_wrong_day_is_told_at_its_field(unit: Client, group: Group) -> None:
    answer = unit.post("/groups/12/applications/join/", {"kind": "x", "effective_on": "2026-02-30"})

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["effective_on", "kind"])


def test_a_member_entered_under_an_unknown_name_is_refused_with_proposals(
    secretary: Client, school: Organisation
) -> None:
    wrong = secretary.post("/groups/12/members/", {"organisation": "开封大學", "kind": "school"})
    right = secretary.post("/groups/12/members/", {"organisation": "开 封大学", "kind": "school"})

    assert (wrong.status_code, "开封大学" in wrong.context["form"].errors["organisation"][0]) == (422, True)
    assert (right.status_code, Membership.objects.get().organisation) == (302, school)


def test_the_register_comes_as_a_workbook(secretary: Client, group: Group, school: Organisation) -> None:
    Membership.objects.create(group=group, organisation=school)

    rows = list(load_workbook(io.BytesIO(Client().get("/groups/12/members/?format=xlsx").content)).active.values)

    assert [row[0] for row in rows[1:]] == ["开封大学"]


def test_names_of_office_holders_are_not_public(secretary: Client, group: Group) -> None:
    told = {"body": "council", "title": "理事长", "name": "欧阳建", "begins_on": "2026-01-01"}
    secretary.post("/groups/12/offices/", told)

    seen = ["欧阳建" in client.get("/groups/12/").content.decode() for client in (secretary, Client())]

    assert (seen, Office.objects.count()) == ([True, False], 1)


def test_a_committee_of_another_category_is_told_at_its_field(secretary: Client) -> None:
    answer = secretary.post("/groups/12/committees/", {"class_code": "4101", "name": "农业类"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["class_code"])


def test_a_committees_people_are_entered_and_end_with_it(secretary: Client, group: Group) -> None:
    secretary.post("/groups/12/committees/", {"class_code": "5102", "name": "计算机类专业委员会"})
    committee = Committee.objects.get()
    person = {"title": "主任委员", "name": "欧阳建", "begins_on": "2026-01-01"}
    secretary.post(f"/committees/{committee.uid}/", person)

    secretary.post(f"/committees/{committee.uid}/end/")

    committee.refresh_from_db()
    assert committee.ended_on is not None
    assert Office.objects.get(committee=committee).ends_on == committee.ended_on


def test_the_lead_school_is_offered_no_way_out(group: Group) -> None:
    Membership.objects.create(group=group, organisation=group.lead_school)
    lead = browser(signed_in("lead", "school_coordinator", "organisation", str(group.lead_school.uid)))
    told = {"kind": "school", "effective_on": "2026-11-01"}

    assert "/groups/12/applications/leave/" not in lead.get("/memberships/").content.decode()
    assert lead.post("/groups/12/applications/leave/", told).status_code == 409
