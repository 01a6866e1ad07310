"""Every page of the product, for those who may open it: accessible, and no wider than the phone that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import findings
from tests.browser.conftest import Server
from tests.browser.places import SIZES
from tests.browser.routes import pages

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
CODE = "GZ-2026-046"


@pytest.fixture(scope="module")
def cookies(server: Server) -> dict[str, dict[str, str] | None]:
    server.seed("tests.browser.seed:event", code=CODE)
    given = {
        "organiser": {"role": "organiser", "kind": "group", "key": "12"},
        "chief": {"role": "chief_judge", "kind": "event", "key": CODE},
    }
    accounts = {name: server.seed("tests.browser.seed:account", name=name, **grant) for name, grant in given.items()}
    return {"public": None, **accounts}


def is_page(answer: Any) -> bool:
    """Whether an address shows something: no download, and not merely the door of a form (405)."""
    return bool(answer.status != 405 and answer.headers.get("content-type", "").startswith("text/html"))


@pytest.mark.parametrize(
    ("who", "size"), [("public", "phone"), ("organiser", "phone"), ("organiser", "desktop"), ("chief", "tablet")]
)
def test_pages_are_accessible_and_fit(
    open_page: Open, server: Server, cookies: dict[str, dict[str, str] | None], size: str, who: str
) -> None:
    page = open_page("/", size=size, cookie=cookies[who])
    wrong: dict[str, list[str]] = {}
    refusals: set[int] = set()

    for path in pages(CODE):
        answer = page.request.get(server.url + path)
        if not is_page(answer) or answer.status in refusals:  # a refusal is one page with another sentence in it
            continue
        refusals |= {answer.status} - {200}
        page.goto(server.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = findings(page) + ([f"{wide} px wide"] if wide > SIZES[size][0] else [])
        wrong |= {path: found} if found else {}

    assert wrong == {}
