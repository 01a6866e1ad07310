"""An enterprise without an account joins a group through the real pages: invited, returned, mended, accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
GROUP = "河南智能制造职教集团"
FIRM = "河南省某某某智能装备制造（郑州航空港经济综合实验区）股份有限公司"
PASSWORD = "gongye-2027-lianluo"


def begin() -> dict[str, Any]:
    """Group 05, led by a school, without any enterprise."""
    from backend.people.models import Group, Membership
    from tests.factories import organisation

    lead = organisation("河南机电职业学院（牵头）")
    group = Group.objects.create(code="05", number=5, name=GROUP, lead_school=lead, major_category="46")
    Membership.objects.create(group=group, organisation=lead)
    return {}


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def fits(page: Any) -> None:
    """Nothing of the page is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def invited(officer: Any) -> str:
    """The secretariat gives the enterprise an account; what is wrong is named at its field. Returns the card's word."""
    officer.get_by_role("link", name="邀请单位加入").first.click()
    officer.get_by_label("单位全称").fill(FIRM)
    officer.get_by_label("统一社会信用代码").fill("914101000000000001")
    officer.get_by_label("账号名").fill("zhuangbei")
    officer.get_by_label("姓名").fill("企业联络员")
    press(officer, "开设账号并打印登录卡")
    officer.locator(".field-errors", has_text="统一社会信用代码").wait_for()
    fits(officer)
    officer.get_by_label("统一社会信用代码").fill("")
    press(officer, "开设账号并打印登录卡")
    return str(officer.locator(".paper-code").inner_text())


def test_an_enterprise_is_invited_returned_mended_and_accepted(open_page: Open, server: Server) -> None:
    server.seed("tests.browser.test_joining_story:begin")
    where = {"role": "group_secretary", "kind": "group", "key": "05"}
    cookie = server.seed("tests.browser.seed:account", name="secretary-05", **where)
    officer = open_page("/groups/05/keep/", cookie=cookie, size="tablet")
    officer.get_by_label("秘书处联系方式").fill("0371-60000005，jituan05@example.edu.cn")
    press(officer, "保存")

    # A visitor from the enterprise finds out whom to ask.
    unit = open_page("/sign-in/", size="phone")
    unit.get_by_role("link", name="各集团及秘书处联系方式").click()
    unit.get_by_role("link", name=GROUP).click()
    unit.get_by_text("0371-60000005").wait_for()
    unit.get_by_text("单位先向秘书处申请账号").wait_for()
    fits(unit)

    # Invited: the card's eight characters, a password of one's own, and the draft in the to-do list.
    word = invited(officer)
    unit.goto(f"{server.url}/card/")
    unit.get_by_label("登录卡").fill(word)
    press(unit, "登录")
    for box in unit.locator("input[type=password]").all():
        box.fill(PASSWORD)
    unit.locator("main button[type=submit]").click()
    unit.goto(f"{server.url}/")
    unit.get_by_text("一份加入或退出申请等您填完提交").first.wait_for()
    unit.locator(".who-role", has_text="单位联络员").first.wait_for(state="attached")
    fits(unit)
    unit.locator("a[href*='/memberships/']").filter(has_text="打开").click()
    unit.get_by_role("link", name="修改").click()
    assert unit.get_by_label("成员类别").input_value() == "company"
    unit.get_by_label("申请说明").fill("愿遵守章程。")
    press(unit, "保存草稿")
    press(unit, "提交")
    unit.get_by_text("待审核").first.wait_for()
    application = unit.url

    # Returned with a remark at its field.
    officer.goto(f"{server.url}/")
    officer.locator("main").get_by_role("link", name="审核").first.click()
    officer.get_by_role("link", name="打开").first.click()
    assert officer.url == application
    officer.get_by_label("退回修改").check()
    officer.get_by_label("退回意见：申请说明").fill("请写明可提供的实训岗位数")
    press(officer, "提交处理意见")
    fits(officer)

    # The unit reads it where it mends it, and sends it again.
    unit.goto(f"{server.url}/")
    unit.get_by_text("成员申请被退回，请修改").first.wait_for()
    unit.goto(application)
    unit.get_by_text("请写明可提供的实训岗位数").first.wait_for()
    unit.get_by_role("link", name="修改").click()
    unit.locator(".field", has=unit.get_by_label("申请说明")).get_by_text(
        "退回原因：请写明可提供的实训岗位数"
    ).wait_for()
    unit.get_by_label("申请说明").fill("愿遵守章程，每年提供 30 个实训岗位。")
    press(unit, "保存草稿")
    press(unit, "提交")

    # Accepted from a day; the register and the unit's own page say so.
    officer.goto(application)
    officer.get_by_text("每年提供 30 个实训岗位").first.wait_for()
    officer.get_by_label("同意", exact=True).check()
    press(officer, "提交处理意见")
    officer.goto(f"{server.url}/groups/05/members/")
    officer.get_by_role("row").filter(has_text=FIRM).get_by_text("企事业单位").wait_for()
    fits(officer)
    unit.goto(f"{server.url}/memberships/")
    unit.get_by_role("link", name=GROUP).first.wait_for()
    unit.get_by_role("link", name="申请退出").wait_for()
    fits(unit)

    # The unit signs in by its own password the next day.
    later = open_page("/sign-in/", size="phone")
    later.get_by_label("账号").fill("zhuangbei")
    later.get_by_label("密码").fill(PASSWORD)
    press(later, "登录")
    later.locator(".who-role", has_text="单位联络员").first.wait_for(state="attached")
