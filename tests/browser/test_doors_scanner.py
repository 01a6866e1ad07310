"""A hand scanner at the desk: it types fast, into whatever has the focus, and no scan is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.entrance import let_in, says, scan, shown, typed_by_a_scanner

pytestmark = pytest.mark.browser
FULL = """() => {
    window.add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => { throw new DOMException("full"); };
}"""


def test_who_is_scanned_while_another_stands_open_comes_next(doors: Any) -> None:
    hall = doors(1)
    tokens = hall.made["tokens"]
    page = hall.desk(0)
    scan(page, tokens[0])
    page.locator(".ci-all input").check()
    page.locator(".ci-note input").fill("bus")

    for token in (tokens[1], tokens[2], tokens[1], tokens[0]):
        typed_by_a_scanner(page, f"SXZ1:{token}")
    page.get_by_text("Scanned meanwhile: 2 people, 人101 first.").wait_for()
    shown(page, "人100")
    assert page.locator(".ci-note input").input_value() == "bus"
    page.locator(".ci-yes").click()

    for name in ("人101", "人102"):
        shown(page, name)
        page.locator(".ci-all input").check()
        page.locator(".ci-yes").click()
    page.locator("dialog").wait_for(state="detached")
    says(page, "Delivered 3")
    assert hall.taken() == {"rows": 3, "people": 3, "conflicts": 0, "clients": 3}


@pytest.mark.parametrize("where", [".ci-no", ".ci-quiet", ".ci-all input"])
def test_a_scanners_enter_presses_no_button(doors: Any, where: str) -> None:
    hall = doors(1)
    page = hall.desk(0)
    scan(page, hall.made["tokens"][0])
    page.locator("dialog").locator(where).focus()

    typed_by_a_scanner(page, "6921168509256")
    page.get_by_text("That was no participation card.").wait_for()
    typed_by_a_scanner(page, f"SXZ1:{hall.made['tokens'][1].lower()}")

    page.get_by_text("Scanned meanwhile: 人101").wait_for()
    shown(page, "人100")
    assert hall.taken()["rows"] == 0


@pytest.mark.parametrize("focus", ["document.activeElement.blur()", "document.querySelector('select').focus()"])
def test_a_scan_needs_no_field_with_the_focus(doors: Any, focus: str) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.evaluate(focus)

    typed_by_a_scanner(page, f"SXZ1:{hall.made['tokens'][0]}")

    shown(page, "人100")


def test_a_scan_behind_half_a_name_is_a_scan(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.locator("#ci-find").fill("人10")

    typed_by_a_scanner(page, f"SXZ1:{hall.made['tokens'][2]}")

    shown(page, "人102")


def test_a_verdict_that_the_device_cannot_keep_leaves_the_person_open(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    scan(page, hall.made["tokens"][0])
    page.locator(".ci-all input").check()
    page.evaluate(FULL)

    page.locator(".ci-yes").click()
    page.get_by_text("This device could not keep the verdict.").wait_for()
    page.evaluate("() => { IDBObjectStore.prototype.add = window.add; }")
    page.locator(".ci-yes").click()

    says(page, "Delivered 1")
    assert hall.taken()["rows"] == 1


def test_a_server_that_hangs_holds_up_no_scan(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.route("**/checkin/list*", lambda route: None)

    page.reload()
    page.locator("#ci-find").wait_for()

    let_in(page, hall.made["tokens"][0])
    says(page, "Delivered 1")
