"""The judge's tablet while the line fails: lost answers, reloads with nothing behind them, sign-outs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.tablets import Hall, give, pressed, says

pytestmark = pytest.mark.browser


def test_a_mark_whose_answer_was_lost_is_sent_again_and_counted_once(hall: Hall) -> None:
    page = hall.tablet(1)
    sent = []

    def lose(route: Any) -> None:
        sent.append(route.request.post_data_json)
        if len(sent) == 1:
            route.fetch()  # the server takes it, the answer never arrives
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/judge/marks", lose)
    give(page, "A1.2", 3)
    says(page, "A1.2", "taken")

    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert hall.marks() == [["B17", "2", "A1.2", "3.00"]]


def test_scoring_goes_on_without_network_and_a_reload_keeps_it(hall: Hall) -> None:
    page = hall.tablet(1)
    page.route("**/api/v1/judge/**", lambda route: route.abort())
    give(page, "A1.2", 1)
    give(page, "A1.2", 2)
    says(page, "A1.2", "kept")
    page.get_by_text("The network is interrupted.").wait_for()

    page.reload()
    says(page, "A1.2", "kept")
    assert pressed(page, "A1.2") == ["2"]
    assert hall.marks() == []
    page.unroute("**/api/v1/judge/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "A1.2", "taken")

    assert [mark[3] for mark in hall.marks()] == ["1.00", "2.00"]
    page.reload()
    says(page, "A1.2", "taken")
    assert pressed(page, "A1.2") == ["2"]


def test_signing_out_is_refused_while_marks_are_unsent(hall: Hall) -> None:
    page = hall.tablet(1)
    page.route("**/api/v1/judge/**", lambda route: route.abort())
    give(page, "A1.2", 1)
    says(page, "A1.2", "kept")

    page.get_by_role("button", name="Sign out").tap()
    page.get_by_text("1 scores are not delivered yet").wait_for()
    assert page.url.endswith("/judge/#B17/A1")
    page.unroute("**/api/v1/judge/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "A1.2", "taken")
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url(lambda url: "/judge/" not in url)

    assert [mark[3] for mark in hall.marks()] == ["1.00"]
    kept = page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert [name for name in kept if name.startswith("desk-")] == []


def test_no_other_page_signs_out_a_tablet_with_unsent_marks(hall: Hall) -> None:
    page = hall.tablet(1)
    page.route("**/api/v1/judge/**", lambda route: route.abort())
    give(page, "A1.2", 1)
    says(page, "A1.2", "kept")

    page.goto(f"{hall.server.url}/")
    page.get_by_role("link", name="Score works").wait_for()
    page.get_by_role("button", name="Sign out").first.tap()
    page.get_by_text("This device still holds scores or check-ins that are not delivered.").wait_for()
    page.unroute("**/api/v1/judge/**")
    page.goto(f"{hall.server.url}/judge/#B17/A1")
    says(page, "A1.2", "taken")
    page.goto(f"{hall.server.url}/")
    page.get_by_role("button", name="Sign out").first.tap()
    page.get_by_role("link", name="Sign in").first.wait_for()

    assert [mark[3] for mark in hall.marks()] == ["1.00"]
    assert page.evaluate("indexedDB.databases()") == []


def test_an_ended_sign_in_keeps_the_marks_until_the_next(hall: Hall) -> None:
    page = hall.tablet(1)
    page.context.clear_cookies(name="sessionid")

    give(page, "A1.2", 1)
    page.get_by_text("1 scores are safe on this tablet").wait_for()
    assert page.get_by_role("link", name="Sign in again").get_attribute("href") == "/card/?next=/judge/"
    hall.sign_in(page.context, 1)
    page.reload()
    says(page, "A1.2", "taken")

    assert hall.marks() == [["B17", "2", "A1.2", "1.00"]]


def kept_for_a_reload(page: Any) -> None:
    page.locator("judge-desk[kept]").wait_for(state="attached")


def shells(page: Any) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("shell ")]


def test_a_reload_without_any_server_opens_the_same_tablet(hall: Hall) -> None:
    page = hall.tablet(1)
    kept_for_a_reload(page)
    page.context.set_offline(True)
    give(page, "A1.2", 2)
    says(page, "A1.2", "kept")

    page.reload()
    says(page, "A1.2", "kept")
    give(page, "A1.3", 1)
    says(page, "A1.3", "kept")
    page.get_by_text("The network is interrupted.").wait_for()
    assert hall.marks() == []
    page.context.set_offline(False)
    page.reload()
    says(page, "A1.3", "taken")

    assert [mark[2:] for mark in hall.marks()] == [["A1.2", "2.00"], ["A1.3", "1.00"]]


def test_a_tablet_switched_off_and_on_in_a_dead_hall_shows_its_sheet(hall: Hall) -> None:
    page = hall.tablet(1)
    kept_for_a_reload(page)
    linked = page.evaluate("document.styleSheets.length")
    page.close()
    hall.contexts[-1].set_offline(True)

    page = hall.contexts[-1].new_page()
    page.goto(f"{hall.server.url}/judge/")

    page.locator(".jd-card").first.wait_for()
    assert page.evaluate("[...document.styleSheets].filter(sheet => !sheet.cssRules.length).length") == 0
    assert page.evaluate("document.styleSheets.length") == linked


def test_signing_out_leaves_no_page_behind(hall: Hall) -> None:
    page = hall.tablet(1)
    kept_for_a_reload(page)
    assert shells(page) == ["shell /judge/"]

    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url(lambda url: "/judge/" not in url)

    assert shells(page) == []
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto(f"{hall.server.url}/judge/")


def test_only_the_pages_that_were_named_are_kept(hall: Hall) -> None:
    page = hall.tablet(1)
    kept_for_a_reload(page)

    asked = """new Promise(done => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => done(data);
        navigator.serviceWorker.controller.postMessage({ keep: "/", assets: [] }, [port2]);
        setTimeout(() => done("no answer"), 500);
    })"""

    assert page.evaluate(asked) == "no answer"
    assert shells(page) == ["shell /judge/"]
