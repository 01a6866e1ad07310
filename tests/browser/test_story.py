"""One competition day through the real pages: from a registration workbook to a verified certificate."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from backend.config.demo.scheme import scheme_workbook
from tests import services
from tests.browser.conftest import Server
from tests.browser.places import vendor
from tests.browser.story import day as steps
from tests.browser.story.day import EVENT, LEVELS, Day
from tests.processes import ROOT, embedded_state, production_state, serving

pytestmark = pytest.mark.browser
REFUSED = {"K11", "I18", "P25", "B31", "K35", "K36", "K49", "K61", "H72", "K107", "E126", "G137"}


@contextmanager
def embedded() -> Iterator[tuple[dict[str, str], list[str]]]:
    """One process on SQLite; tasks run in it."""
    with embedded_state() as env:
        furnish(env)
        with serving(env) as host:
            yield env, [f"http://{host}"]


@contextmanager
def production() -> Iterator[tuple[dict[str, str], list[str]]]:
    """Two processes and a worker on PostgreSQL and Redis; officers need no second factor here."""
    if lacking := {"PostgreSQL", "Redis"} & set(services.missing()):
        pytest.skip(f"missing: {', '.join(sorted(lacking))}")
    with production_state() as plain:
        env = {**plain, "MFA_REQUIRED": "0"}
        furnish(env)
        command = [sys.executable, "-m", "celery", "-A", "backend.config.celery", "worker", "-c", "1", "-l", "ERROR"]
        worker = subprocess.Popen(command, cwd=ROOT, env=env)
        try:
            with serving(env) as one, serving(env) as two:
                yield env, [f"http://{one}", f"http://{two}"]
        finally:
            worker.terminate()
            worker.wait(timeout=20)


def furnish(env: dict[str, str]) -> None:
    (Path(env["STATE_DIR"]) / "vendor").symlink_to(vendor())


@pytest.fixture(params=[embedded, production], ids=["sqlite", "postgres-redis"])
def day(request: pytest.FixtureRequest, browser: Any) -> Iterator[Day]:
    """An installation of its own, with an event open for registration."""
    with request.param() as (env, urls):
        made = Server("", env).seed("tests.browser.story.seed:before")
        opened = Day(browser, urls, made["password"])
        yield opened
        opened.close()
    assert opened.errors == []


def test_a_competition_day_from_the_workbook_to_the_verified_certificate(day: Day, tmp_path: Path) -> None:
    organiser, viewer = day.officer("organiser"), day.person(-1)

    enter_teams(organiser)
    cards = steps.prepare(organiser)
    organiser.goto(f"{EVENT}/draw/")
    steps.press(organiser, "Draw now")
    scheme = tmp_path / "scheme.xlsx"
    scheme.write_bytes(scheme_workbook("网站技术"))
    steps.open_scoring(organiser, scheme)
    viewer.goto(f"{EVENT}/board/")
    judges = [steps.sit_down(day, card, seat) for seat, card in enumerate(cards)]
    score_on_tablets(judges, viewer)
    sign_and_publish(day, organiser)
    check_certificate(organiser, viewer, tmp_path)


def enter_teams(page: Any) -> None:
    """The hurting workbook: its good rows get in, twelve cells are explained; two teams go on."""
    steps.import_workbook(page, steps.FIXTURE)
    cells = page.locator(".sheet-said .said:not(.said-tidied) .said-cell").all_inner_texts()
    assert set(cells) == REFUSED
    steps.press(page, "Take 121 rows")
    page.get_by_text("121 rows are taken.").wait_for()
    steps.submit_teams(page, 2)
    page.goto(f"{EVENT}/")
    steps.press(page, "Close registration")


def score_on_tablets(judges: list[Any], viewer: Any) -> None:
    """A1 of the first work by thumb: a spread, scored again, while the board moves; the rest as tablets send it."""
    done = viewer.locator("[data-count=sheets_done]").first
    assert done.inner_text() == "0"
    viewer.evaluate("window.opened = true")
    work = steps.desk_of(judges[0])["works"][0]["code"]
    for seat, page in enumerate(judges, 1):
        page.goto(f"/judge/#{work}/A1")
        page.reload()
        steps.card_of(page, "A1.1").get_by_role("button", name="Met" if seat == 1 else "Confirm", exact=True).tap()
        steps.give(page, "A1.2", LEVELS[seat])
        page.get_by_role("button", name="Submit A1").tap()
        if seat < 3:
            board_says(viewer, seat)
    judges[2].get_by_text("Please score this sub-criterion again.").wait_for()
    for seat, page in enumerate(judges, 1):
        page.reload()
        steps.give(page, "A1.2", 1)
        if seat > 1 and (confirm := steps.card_of(page, "A1.1").get_by_role("button", name="Confirm")).is_enabled():
            confirm.tap()
        page.get_by_role("button", name="Submit A1").tap()
        page.get_by_text("Submitted. Nothing here changes any more.").wait_for()
    assert [steps.score_the_rest(page) for page in judges] == [11, 11, 11]
    board_says(viewer, 36)
    assert viewer.evaluate("window.opened") is True


def board_says(viewer: Any, sheets: int) -> None:
    """The number of submitted sheets changes on the page that stays open."""
    viewer.locator("[data-count=sheets_done]", has_text=re.compile(rf"^\s*{sheets}\s*$")).first.wait_for()


def sign_and_publish(day: Day, organiser: Any) -> None:
    organiser.goto(f"{EVENT}/sign-off/")
    steps.press(organiser, "Tally")
    for name in ("chief", "supervisor"):
        page = day.officer(name)
        steps.sign(page, day.password)
        page.get_by_text("Signed.", exact=True).wait_for()
    organiser.reload()
    steps.press(organiser, "Decode and publish")
    organiser.get_by_text("Publication no. 1").first.wait_for()


def check_certificate(organiser: Any, viewer: Any, folder: Path) -> None:
    """The PDF of the first certificate; its code, read from the picture, opens the page that vouches for it."""
    viewer.goto(f"{EVENT}/results/")
    winners = viewer.locator("tbody tr").first.locator("td").nth(2).inner_text().split("、")
    organiser.goto("/certificates/")
    for _ in range(50):
        if organiser.locator("tbody tr").count():
            break
        organiser.wait_for_timeout(200)
        organiser.reload()
    with organiser.expect_download() as waited:
        organiser.get_by_role("link", name="PDF").first.click()
    file = folder / "certificate.pdf"
    waited.value.save_as(file)
    picture = pypdfium2.PdfDocument(file)[0].render(scale=2).to_pil()
    code = zxingcpp.read_barcode(picture)
    assert code is not None
    viewer.goto("/verify/" + code.text.rsplit("/verify/", 1)[1])
    verdict = viewer.locator(".verdict").inner_text()
    assert viewer.locator(".verdict-valid").count() == 1
    assert "＊" in verdict
    assert [name for name in winners if name in verdict] == []
