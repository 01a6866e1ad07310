"""Host selection through the real pages: from a call to two schools to a printed, confirmed decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.browser.conftest import Server
from tests.browser.story import hosts
from tests.documents.files import pdf, picture

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
SEED = "tests.browser.story.hosts:"
ANSWERS = {
    "programme": "城市轨道交通运营管理 500606",
    "area": "1200.5",
    "stations": "20",
    "equipment": "综合监控实训台 20 套",
    "staff": "组织 12 人，技术 6 人",
    "budget": "180000",
    "safety": "已备案",
    "lodging": "校内公寓",
}


def fill_in(page: Any, papers: Path) -> None:
    """Write the application and hand its form in; a wrong file first."""
    page.get_by_label(f"{hosts.CODE} 城轨智能运输").select_option("1")
    for key, answer in ANSWERS.items():
        page.locator(f"[name=a-{key}]").fill(answer)
    page.locator("[name=a-commitment]").check()
    page.get_by_label("联系人").fill("承办联系人")
    page.get_by_label("联系电话").fill("13700000001")
    page.locator("[name=keep]").click()
    slot = page.locator(".document-slot").filter(has_text="盖章申报表")
    slot.locator("input[type=file]").set_input_files(papers / "wrong.pdf")
    slot.get_by_role("button", name="提交", exact=False).first.click()
    page.get_by_text("文件名是 .pdf，但内容是 PNG").wait_for()
    slot.locator("input[type=file]").set_input_files(papers / "right.pdf")
    slot.get_by_role("button", name="提交", exact=False).first.click()
    slot.get_by_text("待审核").wait_for()


def send(page: Any, version: int) -> None:
    page.reload()
    page.get_by_role("button", name="提交申报").click()
    page.get_by_text(f"申报已提交，为第 {version} 版").wait_for()


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    (tmp_path / "right.pdf").write_bytes(pdf())
    (tmp_path / "wrong.pdf").write_bytes(picture("PNG"))
    return tmp_path


def test_two_schools_apply_and_an_objection_changes_who_hosts(open_page: Open, server: Server, papers: Path) -> None:
    schools = server.seed(f"{SEED}begin")

    def signed_in(name: str, role: str = "", kind: str = "", key: str = "", **options: Any) -> Any:
        cookie = server.seed("tests.browser.seed:account", name=name, role=role, kind=kind, key=key)
        return open_page("/", cookie=cookie, **options)

    officer = signed_in("secretary-07", "group_secretary", "group", "07")

    # The call.
    officer.goto(f"{server.url}/calls/new/")
    officer.get_by_label("标题").fill("2027年赛项承办校遴选")
    officer.get_by_label("申报截止").fill("2031-01-01T18:00")
    press(officer, "保存")
    officer.get_by_label(f"{hosts.CODE} 城轨智能运输").check()
    press(officer, "保存")
    call = officer.url
    press(officer, "发布遴选通知")

    # Two applications, from a phone and from a desk.
    applicants = {}
    for name, size in (("one", "phone"), ("two", "desktop")):
        page = signed_in(f"school-{name}", "school_coordinator", "organisation", schools[name], size=size)
        page.goto(call)
        press(page, "申报")
        fill_in(page, papers)
        send(page, 1)
        applicants[name] = page

    # Returned with a reason, mended, sent again.
    officer.goto(f"{call}applications/")
    officer.get_by_role("link", name="洛阳职业技术学院").click()
    officer.get_by_text("退回修改").first.click()
    officer.get_by_label("安全预案").fill("请补充备案文号")
    press(officer, "退回")
    first = applicants["one"]
    first.goto(f"{server.url}/")
    first.get_by_text("请修改申报").first.wait_for()
    first.goto(officer.url)
    first.get_by_text("退回原因：请补充备案文号").wait_for()
    first.locator("[name=a-safety]").fill("豫备〔2027〕3号")
    press(first, "提交申报")
    first.get_by_text("为第 2 版").wait_for()

    # Recommendation.
    server.seed(f"{SEED}closing")
    officer.goto(call)
    press(officer, "结束申报")
    officer.goto(f"{call}recommend/")
    for number, box in enumerate(officer.locator("ol.recommending > li").all(), 1):
        box.locator("[name^=rank-]").select_option(str(number))
        box.locator("[name^=reason-]").fill("条件具备")
    press(officer, "保存推荐意见")

    # Three experts: one belongs to an applicant and is recused by the system.
    for name, unit in (("expert-a", ""), ("expert-b", ""), ("expert-c", "洛阳职业技术学院")):
        officer.goto(f"{call}experts/")
        officer.locator("[name=account_name]").fill(name)
        officer.locator("[name=display_name]").fill("评审专家")
        if unit:
            officer.locator("[name=organisation]").fill(unit)
        press(officer, "聘请")
    officer.goto(f"{call}experts/")
    officer.get_by_text("与申报单位同一单位，自动回避。").wait_for()
    officer.goto(call)
    press(officer, "交专家评审")

    # Points, each expert alone.
    for name in ("expert-a", "expert-b"):
        expert = signed_in(name)
        expert.goto(f"{server.url}/reviews/")
        expert.get_by_role("link", name=re.compile(hosts.CODE)).click()
        listed = expert.url
        for school, points in (("洛阳", "24"), ("濮阳", "20")):
            expert.goto(listed)
            expert.get_by_role("row").filter(has_text=school).get_by_role("link", name="打开").click()
            for position in (1, 2, 3, 4):
                expert.locator(f"[name=c{position}]").fill(points)
            press(expert, "保存评分")
    officer.goto(call)
    press(officer, "计算名单")
    press(officer, "开始公示")

    # Anybody reads the list and objects; upheld, it changes the list.
    visitor = open_page(call.removeprefix(server.url), size="phone")
    visitor.get_by_text("洛阳职业技术学院").first.wait_for()
    visitor.get_by_role("link", name="提出异议").click()
    visitor.locator("[name=choice]").select_option(index=1)
    visitor.locator("[name=words]").fill("该校工位数与申报不符，请核实。")
    visitor.locator("[name=name]").fill("某教师")
    visitor.locator("[name=contact]").fill("13700000002")
    press(visitor, "提交异议")
    receipt = visitor.url
    officer.goto(f"{call}objections/")
    officer.get_by_role("link", name="打开").click()
    officer.get_by_label("异议成立").check()
    officer.get_by_label("将该项移出名单，重新公示").check()
    officer.locator("[name=answer]").fill("经核实，工位数不足。")
    press(officer, "答复")
    visitor.goto(receipt)
    visitor.get_by_text("经核实，工位数不足。").wait_for()

    # Confirmed, printed, and written to the event.
    server.seed(f"{SEED}notice_over")
    officer.goto(call)
    press(officer, "确认名单")
    officer.get_by_text("确认名单 07〔").wait_for()
    link = officer.get_by_role("link", name=re.compile("〔")).first.get_attribute("href")
    printed = officer.request.get(server.url + link)
    paper = pypdfium2.PdfDocument(printed.body())[0].get_textpage().get_text_range()
    assert "濮阳职业技术学院" in paper and "移出" in paper
    assert server.seed(f"{SEED}hosts") == {"hosts": ["濮阳职业技术学院"]}
    first.goto(call)
    first.get_by_text("移出名单").first.wait_for()
