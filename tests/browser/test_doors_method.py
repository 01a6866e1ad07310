"""A hand scanner while a Chinese input method is on: keys come as `Process`, fields get other signs than were typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.entrance import says, scan, shown

pytestmark = pytest.mark.browser
BY_METHOD = 229
SHIFT = 8


class Pinyin:
    """An input method as Chromium meets it: letters are composed, a digit chooses a word, a colon is a wide one."""

    def __init__(self, page: Any) -> None:
        self.line = page.context.new_cdp_session(page)
        self.composed = ""

    def press(self, code: str, *, shift: bool = False) -> None:
        key = {"code": code, "key": "Process", "modifiers": SHIFT * shift}
        self.line.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": BY_METHOD, **key})
        self.line.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})

    def type(self, text: str) -> None:
        for sign in text:
            if sign == ":":
                self.press("Semicolon", shift=True)
                self.commit(self.composed + "：")
            elif sign.isdigit():
                self.press(f"Digit{sign}")
                self.commit("随性走" if self.composed else sign)
            else:
                self.press(f"Key{sign.upper()}")
                self.composed += sign.lower()
                at = len(self.composed)
                composing = {"text": self.composed, "selectionStart": at, "selectionEnd": at}
                self.line.send("Input.imeSetComposition", composing)

    def commit(self, text: str) -> None:
        self.composed = ""
        self.line.send("Input.insertText", {"text": text})

    def enter(self) -> None:
        self.press("Enter")
        self.commit(self.composed)

    def scan(self, token: str) -> None:
        self.type(f"SXZ1:{token}")
        self.enter()


def test_a_card_is_read_whatever_the_input_method_makes_of_it(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.locator("#ci-find").focus()
    method = Pinyin(page)

    method.scan(hall.made["tokens"][0])
    shown(page, "人100")
    page.locator(".ci-all input").check()
    page.locator(".ci-yes").click()
    page.locator("dialog[open]").wait_for(state="detached")
    assert page.locator("#ci-find").input_value() == ""
    page.locator("#ci-find").focus()
    page.wait_for_timeout(600)
    method.scan(hall.made["tokens"][1])

    shown(page, "人101")
    says(page, "Delivered 1")


def test_a_note_stays_what_it_was_before_the_scan(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    scan(page, hall.made["tokens"][0])
    note = page.locator(".ci-note input")
    note.fill("bus")
    note.focus()

    Pinyin(page).scan(hall.made["tokens"][1])
    page.get_by_text("Scanned meanwhile: 人101").wait_for()
    page.wait_for_timeout(500)

    shown(page, "人100")
    assert note.input_value() == "bus"
    assert page.evaluate("document.querySelector('check-in').shown.note") == "bus"


def test_a_name_typed_through_the_input_method_is_left_alone(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    find = page.locator("#ci-find")
    find.focus()
    method = Pinyin(page)

    method.type("ren")
    method.press("Space")
    method.commit("人")
    method.type("xz")
    method.enter()

    assert find.input_value() == "人xz"
    assert page.locator("dialog[open]").count() == 0
    find.fill("")
    method.type("ren")
    method.commit("人10")
    page.wait_for_timeout(600)
    assert find.input_value() == "人10"
    assert page.locator(".ci-person").count() == 3


def test_a_wide_colon_of_capital_letters_is_a_colon(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.locator("#ci-find").fill(f"SXZ1：{hall.made['tokens'][0]}")
    page.keyboard.press("Enter")

    shown(page, "人100")
