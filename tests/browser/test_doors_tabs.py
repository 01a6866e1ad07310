"""One desk in two tabs of one browser: each verdict once, the same figures in both, whichever of them is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.entrance import let_in, says, scan

pytestmark = pytest.mark.browser


def watched(context: Any) -> list[str]:
    """The ids of the scans as they leave the browser, whatever becomes of them."""
    ids: list[str] = []

    def note(request: Any) -> None:
        if request.url.endswith("/checkin/scans"):
            ids.extend(scan["client_id"] for scan in request.post_data_json["scans"])

    context.on("request", note)
    return ids


def until(page: Any, done: Callable[[], bool]) -> None:
    """Let the page go on until it is so, ten seconds at most."""
    for _ in range(200):
        if done():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came to that")


def test_two_tabs_without_network_send_each_scan_once(doors: Any) -> None:
    hall = doors(2)
    tokens = hall.made["tokens"]
    page = hall.desk(0)
    twin = hall.twin(page)
    page.context.set_offline(True)

    for n, (tab, token) in enumerate(zip((page, twin) * 3, tokens, strict=True)):
        let_in(tab, token)
        for one in (page, twin):
            says(one, f"To send {n + 1}")
            says(one, f"{n + 1} of 6 inside")
    ids = watched(page.context)
    page.context.set_offline(False)
    for one in (page, twin):
        says(one, "To send 0")
        says(one, "Delivered 6")

    assert (len(ids), len(set(ids))) == (6, 6)
    assert hall.taken() == {"rows": 6, "people": 6, "conflicts": 0, "clients": 6}


def test_whom_one_tab_let_in_without_network_the_other_knows(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    twin = hall.twin(page)
    page.context.set_offline(True)
    let_in(page, hall.made["tokens"][0])
    says(twin, "To send 1")

    scan(twin, hall.made["tokens"][0])

    twin.get_by_text("This person is inside already.").wait_for()


@pytest.mark.parametrize("arrives", [True, False])
def test_a_tab_closed_while_it_sends_loses_nothing_and_doubles_nothing(doors: Any, arrives: bool) -> None:
    hall = doors(1)
    page = hall.desk(0)
    twin = hall.twin(page)
    senders: list[Any] = []

    def hold(route: Any) -> None:
        """The first request never gets its answer, whichever tab's turn it is; what follows passes."""
        if senders:
            route.continue_()
            return
        senders.append(route.request.frame.page)
        if arrives:
            route.fetch()
            senders.append(None)  # the server has it

    page.context.route("**/checkin/scans", hold)
    let_in(page, hall.made["tokens"][0])
    until(page, lambda: len(senders) == 1 + arrives)
    sender, other = (page, twin) if senders[0] == page else (twin, page)
    says(other, "To send 1")
    assert hall.taken()["rows"] == int(arrives)

    sender.close()
    says(other, "Delivered 1")
    says(other, "To send 0")

    assert hall.taken() == {"rows": 1, "people": 1, "conflicts": 0, "clients": 1}


def test_signing_out_in_one_tab_waits_for_the_others_scans_and_empties_both(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    twin = hall.twin(page)
    page.context.route("**/checkin/scans", lambda route: route.abort())
    let_in(twin, hall.made["tokens"][0])
    says(page, "To send 1")

    page.get_by_role("button", name="Sign out").tap()
    page.get_by_text("1 verdicts are not delivered yet").wait_for()
    page.context.unroute("**/checkin/scans")
    twin.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "Delivered 1")
    scan(twin, hall.made["tokens"][1])
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url(lambda url: "/check-in/" not in url)

    twin.get_by_role("heading", name="Signed out").wait_for()
    assert "人101" not in twin.locator("body").inner_text()
    names = twin.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert [name for name in names if name.startswith("desk-")] == []
    assert [name for name in twin.evaluate("caches.keys()") if name.startswith("shell ")] == []
    assert hall.taken()["rows"] == 1
