"""An event at its doors: desks in browsers of their own, and what a person at a desk does."""

from __future__ import annotations

from itertools import count
from typing import Any

NUMBERS = count(1)
SIZES = {"phone": (390, 844), "tablet": (1180, 820)}


class Doors:
    """An event of its own with two desks."""

    def __init__(self, server: Any, browser: Any, teams: int, **given: Any) -> None:
        self.server, self.browser, self.contexts = server, browser, []
        self.errors: list[str] = []
        self.code = f"DOOR-{next(NUMBERS)}"
        self.made = server.seed("tests.browser.doors:day", code=self.code, teams=teams, **given)

    def desk(self, number: int, size: str = "phone", *, clock: bool = False) -> Any:
        width, height = SIZES[size]
        options = {"viewport": {"width": width, "height": height}, "has_touch": True, "locale": "en"}
        context = self.browser.new_context(**options)
        self.contexts.append(context)
        context.add_cookies([{**self.made["cookies"][number], "url": self.server.url}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        if clock:
            page.clock.install()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if "Content Security" in m.text else None)
        page.goto(f"{self.server.url}/events/{self.code}/check-in/")
        page.locator("check-in[kept]").wait_for(state="attached")
        return page

    def twin(self, page: Any) -> Any:
        """The same desk in a second tab of the same browser."""
        other = page.context.new_page()
        other.set_default_timeout(20_000)
        other.on("pageerror", lambda error: self.errors.append(str(error)))
        other.goto(page.url)
        other.locator("check-in[kept]").wait_for(state="attached")
        return other

    def taken(self) -> dict[str, int]:
        found: dict[str, int] = self.server.seed("tests.browser.doors:taken", code=self.code)
        return found


def scan(page: Any, token: str) -> None:
    """As a hand scanner does: it types the code and presses Enter."""
    page.locator("#ci-find").fill(f"SXZ1:{token}")
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()


def let_in(page: Any, token: str) -> None:
    scan(page, token)
    page.locator(".ci-all input").check()
    page.locator(".ci-yes").click()
    page.locator("dialog[open]").wait_for(state="detached")


def shown(page: Any, name: str) -> None:
    page.locator("dialog[open]").get_by_role("heading", name=name, exact=True).wait_for()


def typed_by_a_scanner(page: Any, text: str) -> None:
    """Into whatever has the focus, as its keys come."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def says(page: Any, words: str) -> None:
    page.get_by_text(words, exact=True).first.wait_for()
