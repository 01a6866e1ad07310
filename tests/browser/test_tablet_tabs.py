"""One judge's tablet in two tabs of one browser: each mark once, and both show what the other wrote."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.tablets import Hall, card, give, pressed, says

pytestmark = pytest.mark.browser


def test_two_tabs_without_network_send_each_mark_once(hall: Hall) -> None:
    page = hall.tablet(1)
    twin = hall.twin(page)
    page.context.set_offline(True)
    ids: list[str] = []

    def note(request: Any) -> None:
        if request.url.endswith("/judge/marks"):
            ids.extend(mark["client_id"] for mark in request.post_data_json["marks"])

    give(page, "A1.2", 1)
    says(twin, "A1.2", "kept")
    give(twin, "A1.3", 2)
    give(twin, "A1.2", 3)
    for one in (page, twin):
        one.locator(".jd-pill", has_text="On this tablet 3").wait_for()
    page.wait_for_timeout(300)
    assert (pressed(page, "A1.2"), pressed(page, "A1.3")) == (["3"], ["2"])
    page.context.on("request", note)
    page.context.set_offline(False)
    for one in (page, twin):
        says(one, "A1.2", "taken")
        says(one, "A1.3", "taken")
        one.locator(".jd-pill", has_text="On this tablet 0").wait_for()

    assert (len(ids), len(set(ids))) == (3, 3)
    assert [mark[2:] for mark in hall.marks()] == [["A1.2", "1.00"], ["A1.2", "3.00"], ["A1.3", "2.00"]]


def test_a_sheet_submitted_in_one_tab_is_closed_in_the_other(hall: Hall) -> None:
    page = hall.tablet(0)
    twin = hall.twin(page)
    card(page, "A1.1").get_by_role("button", name="Met", exact=True).tap()
    give(page, "A1.2", 1)
    give(twin, "A1.3", 2)

    twin.get_by_role("button", name="Submit A1").tap()

    for one in (page, twin):
        one.get_by_text("Submitted. Nothing here changes any more.").wait_for()
    assert len(hall.marks()) == 3


def test_signing_out_in_one_tab_ends_the_other(hall: Hall) -> None:
    page = hall.tablet(1)
    twin = hall.twin(page)

    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url(lambda url: "/judge/" not in url)

    twin.get_by_role("heading", name="Signed out").wait_for()
    assert twin.locator(".jd-work, .jd-card").count() == 0
    names = twin.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert [name for name in names if name.startswith("desk-")] == []
