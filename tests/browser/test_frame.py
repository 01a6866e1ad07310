"""The frame of every page: accessible at each size, one menu, a language switch, refusals with a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import findings
from tests.browser.conftest import Server
from tests.browser.places import SIZES

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def secretary(server: Server) -> dict[str, str]:
    given = {"name": "li", "role": "group_secretary", "kind": "group", "key": "12"}
    cookie: dict[str, str] = server.seed("tests.browser.seed:account", **given)
    return cookie


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/nowhere/"])
@pytest.mark.parametrize("size", SIZES)
def test_public_pages_are_accessible(open_page: Open, path: str, size: str) -> None:
    assert findings(open_page(path, size=size)) == []


@pytest.mark.parametrize("path", ["/", "/role/", "/nowhere/"])
@pytest.mark.parametrize("size", SIZES)
def test_pages_of_the_signed_in_are_accessible(
    open_page: Open, secretary: dict[str, str], path: str, size: str
) -> None:
    assert findings(open_page(path, size=size, cookie=secretary)) == []


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/nowhere/"])
def test_no_page_is_wider_than_a_phone(open_page: Open, path: str) -> None:
    page = open_page(path, size="phone")

    assert page.evaluate("document.documentElement.scrollWidth") == SIZES["phone"][0]


def test_the_menu_of_a_phone_opens_by_keyboard(open_page: Open, secretary: dict[str, str]) -> None:
    page = open_page("/", size="phone", cookie=secretary)
    page.locator(".top summary").focus()

    page.keyboard.press("Enter")

    assert page.locator(".top .menu a").first.is_visible()


def test_the_first_tab_stop_skips_to_the_content(open_page: Open, secretary: dict[str, str]) -> None:
    page = open_page("/", cookie=secretary)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_the_language_is_remembered(open_page: Open) -> None:
    page = open_page("/")

    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("button", name="中文").is_visible()


def test_an_unknown_address_says_so_and_leads_on(open_page: Open) -> None:
    page = open_page("/nowhere/")

    assert page.get_by_role("heading", level=1).inner_text() == "没有找到页面"
    assert page.get_by_role("link", name="回到首页").get_attribute("href") == "/"


def test_the_keyboard_stands_at_the_first_field_that_has_to_be_mended(open_page: Open) -> None:
    page = open_page("/sign-in/")
    page.locator("main [name=name]").fill("li")
    page.evaluate("document.querySelectorAll('main form').forEach((form) => { form.noValidate = true; })")

    with page.expect_navigation():
        page.locator("main [name=name]").press("Enter")

    assert page.evaluate("document.activeElement.name") == "password"
