"""The judges' tablets of one event, and what a thumb does on them."""

from __future__ import annotations

from itertools import count
from typing import Any

NUMBERS = count(1)
SIZES = {"landscape": (1180, 820), "portrait": (820, 1180), "phone": (390, 844)}


class Hall:
    """An event of its own, and its three judges' tablets."""

    def __init__(self, server: Any, browser: Any) -> None:
        self.server, self.browser, self.contexts = server, browser, []
        self.errors: list[str] = []
        self.code = f"TAB-{next(NUMBERS)}"
        self.made = server.seed("tests.browser.halls:scoring", code=self.code, works=["B17", "C02"])

    def tablet(self, judge: int, place: str = "#B17/A1", size: str = "landscape", language: str = "en") -> Any:
        width, height = SIZES[size]
        options = {"viewport": {"width": width, "height": height}, "has_touch": True, "locale": language}
        context = self.browser.new_context(**options)
        self.contexts.append(context)
        self.sign_in(context, judge)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if "Content Security" in m.text else None)
        page.goto(f"{self.server.url}/judge/{place}")
        page.locator(".jd-card").first.wait_for()
        return page

    def twin(self, page: Any) -> Any:
        """The same tablet's page in a second tab of the same browser."""
        other = page.context.new_page()
        other.set_default_timeout(10_000)
        other.on("pageerror", lambda error: self.errors.append(str(error)))
        other.goto(page.url)
        other.locator(".jd-card").first.wait_for()
        return other

    def sign_in(self, context: Any, judge: int) -> None:
        context.add_cookies([{**self.made["cookies"][judge], "url": self.server.url}])

    def marks(self) -> list[list[str]]:
        found: list[list[str]] = self.server.seed("tests.browser.halls:marks", code=self.code)
        return found


def card(page: Any, code: str) -> Any:
    return page.locator(".jd-card").filter(has=page.locator("h3", has_text=f"{code} "))


def give(page: Any, code: str, level: int) -> None:
    card(page, code).locator(".jd-level").nth(level).tap()


def says(page: Any, code: str, tick: str) -> None:
    card(page, code).locator(f".jd-tick-{tick}").wait_for()


def pressed(page: Any, code: str) -> list[str]:
    return [b.strip() for b in card(page, code).locator('[aria-pressed="true"] b').all_inner_texts()]
