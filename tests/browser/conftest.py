"""A real server and a real Chromium for the browser tests."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import services
from tests.browser.entrance import Doors
from tests.browser.places import FLAGS, SIZES, vendor
from tests.browser.tablets import Hall
from tests.processes import ROOT, embedded_state, serving

ANSWERED = re.compile("the server responded with a status of|^Response Status Error Code")  # Chromium's words, htmx's


def grave(said: Any) -> bool:
    """An error in the console that is not merely an answer's status, which tests look at themselves."""
    return said.type == "error" and not ANSWERED.search(said.text)


class Server:
    """url: without the last slash; env: what its process runs with. Close it when it is no longer asked for rows."""

    def __init__(self, url: str, env: dict[str, str]) -> None:
        self.url, self.env = url, env
        self._seeding: subprocess.Popen[str] | None = None

    def seed(self, function: str, **given: Any) -> Any:
        """Call `package.module:function` with JSON values in a process over the server's own database."""
        if self._seeding is None:
            command = [sys.executable, "-m", "tests.browser.seed"]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._seeding = subprocess.Popen(command, cwd=ROOT, env=self.env, text=True, **pipes)
        asking, answers = self._seeding.stdin, self._seeding.stdout
        assert asking
        assert answers
        print(json.dumps([function, given]), file=asking, flush=True)
        told = json.loads(answers.readline())
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["answer"]

    def close(self) -> None:
        if self._seeding is not None:
            self._seeding.communicate(timeout=20)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """An embedded installation of its own, empty, with the front-end assets."""
    vendor()
    with embedded_state() as env, serving(env) as host:
        opened = Server(f"http://{host}", env)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, headless."""
    if not services.CHROMIUM:
        pytest.skip(f"Chromium {services.missing()['Chromium']}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=services.CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(server: Server, browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address of the server at one of SIZES; a page that wrote an error into the console fails the test.

    cookie: what `seed("tests.browser.seed:account", …)` answered, to be signed in.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(path: str, *, size: str = "desktop", cookie: dict[str, str] | None = None, **options: Any) -> Any:
        width, height = SIZES[size]
        options.setdefault("locale", "zh-CN")
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if cookie:
            context.add_cookies([{**cookie, "url": server.url}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if grave(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def hall(server: Server, browser: Any) -> Iterator[Hall]:
    opened = Hall(server, browser)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.errors == []


@pytest.fixture
def doors(server: Any, browser: Any) -> Iterator[Any]:
    opened: list[Doors] = []

    def make(teams: int, **given: Any) -> Doors:
        opened.append(Doors(server, browser, teams, **given))
        return opened[-1]

    yield make
    for one in opened:
        for context in one.contexts:
            context.close()
        assert one.errors == []
