"""The judge's tablet in a real browser: by thumb, through spreads and disputes, at every size."""

from __future__ import annotations

from typing import Any

import pytest

from backend.ui.templatetags.ui import code_hue
from tests.browser.axe import serious
from tests.browser.places import PLAIN_HTTP
from tests.browser.tablets import SIZES, Hall, card, give, pressed, says

pytestmark = pytest.mark.browser


def test_a_sheet_is_scored_by_thumb_and_submitted(hall: Hall) -> None:
    page = hall.tablet(0)

    card(page, "A1.1").get_by_role("button", name="Not met").tap()
    give(page, "A1.2", 2)
    give(page, "A1.3", 0)
    for code in ("A1.1", "A1.2", "A1.3"):
        says(page, code, "taken")
    page.get_by_role("button", name="Submit A1").tap()
    page.get_by_text("Submitted. Nothing here changes any more.").wait_for()

    assert hall.marks() == [["B17", "1", "A1.1", "0.00"], ["B17", "1", "A1.2", "2.00"], ["B17", "1", "A1.3", "0.00"]]
    assert card(page, "A1.2").locator(".jd-level:enabled").count() == 0
    assert page.locator(".jd-total b").inner_text() == "0.33"


def test_unscored_is_not_zero_and_a_score_can_be_taken_back(hall: Hall) -> None:
    page = hall.tablet(1)
    assert pressed(page, "A1.2") == []

    give(page, "A1.2", 0)
    says(page, "A1.2", "taken")
    assert pressed(page, "A1.2") == ["0"]
    page.get_by_role("button", name="Take back the score of A1.2").tap()
    page.locator(".jd-pill", has_text="Delivered 2").wait_for()

    assert pressed(page, "A1.2") == []
    assert [mark[3] for mark in hall.marks()] == ["0.00", "None"]


def test_on_plain_http_a_sheet_is_scored_all_the_same(hall: Hall) -> None:
    page = hall.tablet(0)
    page.add_init_script(PLAIN_HTTP)
    page.reload()
    card(page, "A1.1").get_by_role("button", name="Met", exact=True).tap()
    submit_with(page, 1, 1)

    page.get_by_text("Submitted. Nothing").wait_for()


def test_the_pad_never_passes_the_maximum(hall: Hall) -> None:
    page = hall.tablet(0)
    card(page, "A1.1").get_by_role("button", name="Other value").tap()
    pad = page.locator("score-pad")

    for key in ("9", "0", ".", "4", "9", "9"):
        page.keyboard.press(key)
    assert pad.locator("output").inner_text().split() == ["0.49/", "0.50"]
    assert pad.get_by_role("button", name="9", exact=True).is_disabled()
    pad.get_by_role("button", name="Enter").tap()
    says(page, "A1.1", "taken")

    assert hall.marks() == [["B17", "1", "A1.1", "0.49"]]


def submit_with(page: Any, first: int, second: int) -> None:
    give(page, "A1.2", first)
    give(page, "A1.3", second)
    page.get_by_role("button", name="Submit A1").tap()


def test_a_spread_sends_the_panel_back_and_shows_what_all_gave(hall: Hall) -> None:
    pages = [hall.tablet(judge) for judge in range(3)]
    card(pages[0], "A1.1").get_by_role("button", name="Met", exact=True).tap()
    submit_with(pages[0], 0, 2)
    pages[0].get_by_text("Submitted. Nothing").wait_for()

    for page, level in ((pages[1], 3), (pages[2], 1)):
        page.reload()
        card(page, "A1.1").get_by_role("button", name="Confirm").tap()
        submit_with(page, level, 2)
    pages[2].get_by_text("Please score this sub-criterion again.").wait_for()

    assert card(pages[2], "A1.2").locator(".jd-others b").all_inner_texts() == ["0", "3", "1"]
    assert pressed(pages[2], "A1.2") == []
    assert pressed(pages[2], "A1.3") == ["2"]


def test_a_dispute_needs_a_reason(hall: Hall) -> None:
    recorder, page = hall.tablet(0), hall.tablet(1)
    card(recorder, "A1.1").get_by_role("button", name="Met", exact=True).tap()
    submit_with(recorder, 1, 1)
    recorder.get_by_text("Submitted. Nothing").wait_for()
    page.reload()
    give(page, "A1.2", 1)
    give(page, "A1.3", 1)

    card(page, "A1.1").get_by_role("button", name="Dispute").tap()
    page.get_by_text("To confirm or dispute, with a reason: A1.1.").wait_for()
    page.get_by_role("button", name="Misread").tap()
    page.get_by_role("button", name="Review and submit").tap()
    page.get_by_role("button", name="Submit 1 sub-criteria").tap()

    page.get_by_text("Submitted. Nothing").wait_for()


def swipe(page: Any, start: int, end: int) -> None:
    session = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [start]),
        ("touchMove", [(start + end) // 2]),
        ("touchMove", [end]),
        ("touchEnd", []),
    ):
        touches = [{"x": x, "y": 420} for x in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_swipe_or_the_big_button_leads_on_and_the_address_follows(hall: Hall) -> None:
    page = hall.tablet(1)

    swipe(page, 900, 500)
    page.locator("h2", has_text="A2 ").wait_for()
    swipe(page, 500, 900)
    page.locator("h2", has_text="A1 ").wait_for()
    page.get_by_role("button", name="Next item").tap()
    page.locator("h2", has_text="A2 ").wait_for()
    assert page.url.endswith("#B17/A2")
    page.locator(".jd-work", has_text="C02").tap()
    page.locator(".jd-chip", has_text="C02").wait_for()

    assert page.url.endswith("#C02/A2")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_the_tablet_is_accessible_and_fits(hall: Hall, size: str, language: str) -> None:
    page = hall.tablet(0, size=size, language=language)
    give(page, "A1.2", 2)
    says(page, "A1.2", "taken")

    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    small = "all => all.map(e => e.getBoundingClientRect()).filter(r => r.height && Math.min(r.height, r.width) < 48)"
    assert page.locator("judge-desk :is(button, a, input:not([type=hidden]))").evaluate_all(small) == []
    page.locator(".jd-foot .jd-step").first.tap()
    assert serious(page) == []
    page.keyboard.press("Escape")
    card(page, "A1.1").locator(".jd-choice").nth(2).tap()
    assert serious(page) == []


def test_neighbouring_codes_have_colours_of_their_own_and_pages_choose_the_same(hall: Hall) -> None:
    page = hall.tablet(1)
    codes = [f"{letter}{number:02d}" for letter in "AB" for number in range(1, 31)]

    hues = page.evaluate("codes => import('/static/scoring/points.js').then(({hue}) => codes.map(hue))", codes)

    assert hues == [code_hue(code) for code in codes]
    assert [pair for pair in zip(hues, hues[1:], strict=False) if pair[0] == pair[1]] == []


def test_a_browser_that_stores_nothing_is_told_before_anything_is_scored(hall: Hall) -> None:
    context = hall.browser.new_context(locale="en")
    hall.contexts.append(context)
    hall.sign_in(context, 0)
    page = context.new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('full', 'InvalidStateError'); }")

    page.goto(f"{hall.server.url}/judge/")

    page.get_by_role("alert").get_by_text("This device keeps nothing").wait_for()
    assert page.locator(".jd-card").count() == 0
