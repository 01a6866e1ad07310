"""The outbox of several tabs: who sends, and what becomes of a tab that sleeps in its turn."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.test_notices import OPEN, counts, host, page  # noqa: F401

pytestmark = pytest.mark.browser
NO_TURNS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });"


def second(page: Page, name: str) -> Page:  # noqa: F811
    twin = page.context.new_page()
    twin.goto(page.url)
    twin.evaluate(OPEN, name)
    return twin


def test_a_tab_that_sleeps_in_its_turn_does_not_hold_up_the_others(page: Page) -> None:  # noqa: F811
    twin = second(page, "sleep")
    sleeping = """async () => {
      const { Tabs } = await import("/static/realtime/tabs.js");
      new Tabs("turn", () => {}).inTurn(() => new Promise(() => {})).catch(() => {});
    }"""
    waiting = """async () => {
      const { Tabs } = await import("/static/realtime/tabs.js");
      return new Tabs("turn", () => {}).inTurn(() => "mine", 200);
    }"""

    page.evaluate(sleeping)

    assert twin.evaluate(waiting) == "mine"


def test_where_tabs_take_no_turns_the_other_still_sends_for_a_closed_one(page: Page) -> None:  # noqa: F811
    page.context.add_init_script(NO_TURNS)
    page.reload()
    page.evaluate(OPEN, "plain")
    twin = second(page, "plain")
    page.evaluate("answer = 'down'")
    page.evaluate("outbox.put({ client_id: 'c1', value: 1 })")
    twin.wait_for_function("state.kept === 1")

    page.close()
    twin.wait_for_function("state.kept === 0")

    assert [item["client_id"] for item in twin.evaluate("sent")] == ["c1"]
    assert counts(twin) == (0, 0)


def test_what_one_tab_has_read_is_gone_from_the_other(page: Page) -> None:  # noqa: F811
    page.evaluate(OPEN, "read")
    twin = second(page, "read")
    for tab in (page, twin):
        tab.evaluate("answer = 'refused'")
    page.evaluate("outbox.put({ client_id: 'c1', value: 1 })")
    twin.wait_for_function("state.refused === 1")

    page.evaluate("outbox.dismiss('c1')")
    twin.wait_for_function("state.refused === 0")

    assert counts(twin) == (0, 0)
