"""The pages of selections: what each shows to whom, and what a wrong input is answered with."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from backend.core import clock
from backend.people.models import Group
from backend.selection import services
from backend.selection.models import Application, Call, Objection
from tests.factories import browser, organisation
from tests.selection.world import (
    Selection,
    apply_for,
    coordinator_of,
    form_of,
    in_scoring,
    listed,
    open_call,
    register,
    secretary_of,
    text,
)

pytestmark = pytest.mark.django_db


def test_a_secretary_sets_a_call_up_and_announces_it(group: Group) -> None:
    register()
    client = browser(secretary_of(group))
    closes = (clock.now() + timedelta(days=10)).strftime("%Y-%m-%dT%H:%M")
    first = form_of(client.get("/calls/new/")) | {
        "group": group.pk,
        "item_kind": "test_thing",
        "title": "2026年遴选",
        "closes_at": closes,
    }

    client.post("/calls/new/", first)
    call = Call.objects.get()
    client.post(f"/calls/{call.uid}/offers/", {"offers": ["a", "b"]})
    page = client.get(f"/calls/{call.uid}/edit/")
    data = form_of(page) | {"criteria": "基地 | 60\n经验｜40｜0.5", "closes_at": closes}
    client.post(f"/calls/{call.uid}/edit/", data)
    client.post(f"/calls/{call.uid}/step/announce/")

    call.refresh_from_db()
    assert [(c.name, c.points, c.weight) for c in call.criteria.all()] == [("基地", 60, 1), ("经验", 40, 0.5)]
    assert [q["key"] for q in call.questions] == ["stations", "plan"]
    assert (call.state, call.offers.count()) == ("open", 2)


def test_a_wrong_line_of_criteria_is_named_and_nothing_is_lost(group: Group) -> None:
    register()
    secretary = secretary_of(group)
    call = services.create_call(
        actor=secretary, group=group, item_kind="test_thing", title="遴选", closes_at=clock.now()
    )
    client = browser(secretary)
    data = form_of(client.get(f"/calls/{call.uid}/edit/")) | {"criteria": "基地 | 60\n经验 | 很多", "title": "新标题"}
    data["closes_at"] = "2027-01-01T10:00"

    answer = client.post(f"/calls/{call.uid}/edit/", data)

    assert "第 2 行的格式应为" in text(answer)
    assert "新标题" in text(answer)


def test_a_school_applies_mends_and_sends(group: Group) -> None:
    secretary = secretary_of(group)
    call = open_call(secretary, group)
    school = coordinator_of(organisation("甲学院"), "school")
    client = browser(school)
    offer = call.offers.get(item_key="a")

    page = client.post(f"/calls/{call.uid}/apply/", follow=True)
    address = page.request["PATH_INFO"]
    answer = client.post(address, {"a-stations": "许多", f"wish-{offer.uid}": "1", "submit": "1"})

    assert answer.status_code == 422
    for words in ("请填写数字", "还没有填写", "请填写联系人和联系电话", "申报表尚未提交"):
        assert words in text(answer)
    assert 'value="许多"' in text(answer)
    draft = Application.objects.get()
    assert (draft.state, draft.answers["stations"]) == ("draft", "许多")


def test_wishes_are_ranked_without_gaps(group: Group) -> None:
    call = open_call(secretary_of(group), group)
    client = browser(coordinator_of(organisation("甲学院"), "school"))
    address = client.post(f"/calls/{call.uid}/apply/", follow=True).request["PATH_INFO"]
    one, two = call.offers.all()

    answer = client.post(address, {f"wish-{one.uid}": "2", f"wish-{two.uid}": "2", "keep": "1"})

    assert "请按志愿填写 1、2、3" in text(answer)


def test_a_return_shows_its_reasons_to_the_school_and_the_change_to_the_secretary(group: Group) -> None:
    secretary = secretary_of(group)
    call = open_call(secretary, group)
    school = coordinator_of(organisation("甲学院"), "school")
    sent = apply_for(school, call, "a")
    officer, client = browser(secretary), browser(school)

    officer.post(f"/applications/{sent.uid}/return/", {"r-plan": "请补充备案文号"})
    page = client.get(f"/applications/{sent.uid}/")
    client.post(f"/applications/{sent.uid}/", form_of(page) | {"a-plan": "豫备〔2026〕3号", "submit": "1"})

    assert "安全预案：请补充备案文号" in text(page)
    assert "请修改申报" not in text(client.get("/"))
    seen = text(officer.get(f"/applications/{sent.uid}/"))
    assert "已备案" in seen and "豫备〔2026〕3号" in seen and "与上一版的不同" in seen
    assert "赛项丙" in seen  # what the school did before


def test_lists_are_workbooks_too(group: Group) -> None:
    found = in_scoring(group)
    listed(found)
    client = browser(found.secretary)

    books = {
        name: openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?format=xlsx").content))
        for name, address in {
            "calls": "/calls/",
            "applications": f"/calls/{found.call.uid}/applications/",
            "points": f"/calls/{found.call.uid}/scores/",
            "objections": f"/calls/{found.call.uid}/objections/",
        }.items()
    }

    assert books["applications"].active.max_row >= 3  # type: ignore[union-attr]
    assert books["points"].active.max_row >= 17  # type: ignore[union-attr]


def test_anybody_reads_the_notice_and_objects(group: Group) -> None:
    found = in_scoring(group)
    call = services.publish(actor=found.secretary, call=listed(found))
    anybody = Client()

    page = anybody.get(f"/calls/{call.uid}/")
    form = form_of(anybody.get(f"/calls/{call.uid}/object/"))
    line = anybody.get(f"/calls/{call.uid}/object/").context["form"].fields["choice"].choices[1][0]
    data = form | {"choice": line, "words": "工位数与申报不符，请核实。", "name": "李某", "contact": "13600000000"}
    receipt = anybody.post(f"/calls/{call.uid}/object/", data, follow=True)
    again = anybody.post(f"/calls/{call.uid}/object/", data, follow=True)

    assert "新乡职业技术学院" in text(page)
    assert Objection.objects.count() == 1
    assert receipt.request["PATH_INFO"] == again.request["PATH_INFO"]
    assert "李某" not in text(receipt)


def objecting(found: Selection, **said: str) -> tuple[Any, str]:
    """Posts the form of an anonymous person as often as it is called; where to."""
    call = services.publish(actor=found.secretary, call=listed(found))
    address = f"/calls/{call.uid}/object/"
    words = {"words": "工位数与申报不符，请核实。", "name": "李某", "contact": "13600000000"} | said

    def post(client_id: str = "", place: str = "10.0.0.1", **more: str) -> HttpResponse:
        data = words | more | {"client_id": client_id or str(uuid4())}
        return Client(REMOTE_ADDR=place).post(address, data)

    return post, address


def test_only_so_many_objections_an_hour_come_from_one_address(group: Group, settings: Any) -> None:
    settings.OBJECTIONS_PER_HOUR = 2
    post, _address = objecting(in_scoring(group))

    refused_form = post(contact="1")
    taken = [post("00000000-0000-0000-0000-000000000001").status_code for _tap in range(3)] + [post().status_code]
    one_more = post(words="第三条：请核实安全预案是否备案。")
    elsewhere = post(place="10.0.0.2")

    assert (refused_form.status_code, taken, elsewhere.status_code) == (200, [302] * 4, 302)
    assert (one_more.status_code, Objection.objects.count()) == (429, 3)
    assert "60 分钟后" in text(one_more) and "第三条" in text(one_more)


def test_an_objection_is_a_form_of_text_and_no_more(group: Group) -> None:
    post, _address = objecting(in_scoring(group))

    long, huge = post(words="字" * 2001), post(words="字" * 30_000)

    assert (long.status_code, huge.status_code, Objection.objects.count()) == (200, 413, 0)
    assert "2001" in text(long)
    assert "超出了一条异议" in text(huge)


def test_the_secretary_answers_and_the_list_changes_with_its_reason(group: Group) -> None:
    found = in_scoring(group)
    call = services.publish(actor=found.secretary, call=listed(found))
    row = call.decisions.get().snapshot["offers"][0]["rows"][0]
    made = services.object_to(
        actor=found.coordinators["乙"],
        call=call,
        name="李某",
        contact="13600000000",
        words="工位数与申报不符，请核实。",
        client_id=uuid4(),
        choice_uid=row["choice"],
    )
    client = browser(found.secretary)

    page = client.get(f"/objections/{made.uid}/answer/")
    client.post(
        f"/objections/{made.uid}/answer/", {"verdict": "uphold", "exclude": "on", "answer": "经核实，工位数不足。"}
    )

    assert "李某" in text(page)
    shown = text(Client().get(f"/calls/{call.uid}/"))
    assert "变更说明：经核实，工位数不足。" in shown
    assert "移出名单" in shown


def test_the_printed_list_is_the_same_bytes_each_time(group: Group) -> None:
    found = in_scoring(group)
    call = services.publish(actor=found.secretary, call=listed(found))
    address = f"/decisions/{call.decisions.get().uid}.pdf"

    first, second = (Client().get(address).content for _ in range(2))

    assert first.startswith(b"%PDF") and first == second


def test_a_school_sees_another_schools_application_nowhere(group: Group) -> None:
    found = in_scoring(group)
    client = browser(found.coordinators["乙"])

    assert client.get(f"/applications/{found.applications['甲'].uid}/").status_code == 404
    assert client.get(f"/calls/{found.call.uid}/applications/").status_code == 403
    assert client.get(f"/calls/{found.call.uid}/scores/").status_code == 403
