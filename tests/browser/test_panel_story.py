"""Panels through the real pages: proposed, a tie through a former student told in words, changed by hand, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Server
from tests.browser.story import panels
from tests.browser.story.day import press

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
SEED = "tests.browser.story.panels:"
PAGE = f"/events/{panels.CODE}/panels/"
JUDGE = f"裁判{panels.TIED}"


def test_a_panel_of_five_for_three_sessions_leaves_out_a_former_students_coach(open_page: Open, server: Server) -> None:
    server.seed(f"{SEED}begin")
    cookie = server.seed("tests.browser.seed:account", name="office-31", role="organiser", kind="group", key="31")
    page = open_page(PAGE, cookie=cookie)

    page.get_by_text("尚未组建裁判组").wait_for()
    press(page, "生成方案")
    assert page.locator("section.card table").count() == 4  # three sessions, and the chief of the whole round
    assert page.locator("tbody tr").count() == 3 * 5 + 1
    assert page.get_by_text(JUDGE).count() == 0

    # Why the coach is not among them: the path, in words; choosing them all the same would need a reason.
    page.get_by_role("link", name="修改").first.click()
    tied = page.locator("tr").filter(has_text=JUDGE)
    told = tied.inner_text()
    assert f"曾在{panels.EARLIER}指导的学生，现为新乡工业软件学院参赛队的指导教师" in told
    assert tied.locator("[name=reason]").count() == 1

    # A change by hand to somebody who breaks nothing more.
    free = page.locator("tbody tr").filter(has=page.get_by_role("button")).filter(has_not=page.locator("[name=reason]"))
    name = free.last.locator("th").inner_text().split()[0]
    with page.expect_navigation():
        free.last.get_by_role("button").click()
    page.locator("th").filter(has_text=name).wait_for()

    press(page, "确认裁判组")
    found = server.seed(f"{SEED}seats")
    assert found == {"sizes": {"第1场": 5, "第2场": 5, "第3场": 5}, "people": 15}
    page.get_by_role("link", name="裁判席与登录卡").first.click()
    page.locator("tbody tr").filter(has_text=name).first.wait_for()
    assert page.get_by_text(JUDGE).count() == 0
