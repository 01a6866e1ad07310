"""One competition day, step by step, each person in a browser context of their own."""

from __future__ import annotations

from typing import Any

from tests.browser.story.seed import CODE

EVENT = f"/events/{CODE}"


class Day:
    """The people of the day; `urls` are the processes of one installation, the viewer uses the last one."""

    def __init__(self, browser: Any, urls: list[str], password: str) -> None:
        self.browser, self.urls, self.password = browser, urls, password
        self.contexts: list[Any] = []
        self.errors: list[str] = []

    def person(self, server: int = 0, **options: Any) -> Any:
        """A page in a context of its own."""
        context = self.browser.new_context(base_url=self.urls[server], locale="en", **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if "Content Security" in m.text else None)
        return page

    def officer(self, name: str) -> Any:
        page = self.person(viewport={"width": 1440, "height": 900})
        page.goto("/sign-in/")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(self.password)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def press(page: Any, name: str) -> None:
    """A button of the page, then the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()
