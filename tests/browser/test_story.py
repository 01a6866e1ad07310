"""One competition day through the real pages: from a registration workbook to a verified certificate."""

from __future__ import annotations

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
from tests.browser.story import entering, judging
from tests.browser.story.day import EVENT, Day, press
from tests.processes import ROOT, embedded_state, production_state, serving

pytestmark = pytest.mark.browser


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
    vendor()


@pytest.fixture(
    params=[embedded, pytest.param(production, marks=pytest.mark.postgres)], ids=["sqlite", "postgres-redis"]
)
def day(request: pytest.FixtureRequest, browser: Any) -> Iterator[Day]:
    """An installation of its own: accounts and an edition, no event yet."""
    with request.param() as (env, urls):
        seeding = Server("", env)
        made = seeding.seed("tests.browser.story.seed:before")
        seeding.close()
        opened = Day(browser, urls, made["password"])
        yield opened
        opened.close()
    assert opened.errors == []


def test_a_competition_day_from_the_workbook_to_the_verified_certificate(day: Day, tmp_path: Path) -> None:
    organiser, viewer = day.officer("organiser"), day.person(-1)

    entering.set_up_event(organiser)
    entering.import_collected(organiser, tmp_path)
    entering.enter_own_team(day.officer("school"), tmp_path)
    entering.submit_teams(organiser, 1)
    organiser.goto(f"{EVENT}/")
    press(organiser, "Close registration")
    cards = judging.prepare(organiser)
    organiser.goto(f"{EVENT}/draw/")
    press(organiser, "Draw now")
    scheme = tmp_path / "scheme.xlsx"
    scheme.write_bytes(scheme_workbook("网站技术"))
    judging.open_scoring(organiser, scheme)
    viewer.goto(f"{EVENT}/board/")
    judges = [judging.sit_down(day, card, seat) for seat, card in enumerate(cards)]
    judging.score_on_tablets(judges, viewer)
    sign_and_publish(day, organiser)
    check_certificate(organiser, viewer, tmp_path)


def sign_and_publish(day: Day, organiser: Any) -> None:
    organiser.goto(f"{EVENT}/sign-off/")
    press(organiser, "Tally")
    for name in ("chief", "supervisor"):
        page = day.officer(name)
        judging.sign(page, day.password)
        page.get_by_text("Signed.", exact=True).wait_for()
    organiser.reload()
    press(organiser, "Decode and publish")
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
    assert viewer.locator("html").get_attribute("lang") == "en"
    viewer.locator("h1", has_text="This certificate is real").wait_for()
    verdict = viewer.locator(".verdict-valid").inner_text()
    assert verdict.splitlines()[0] == "Valid"
    assert viewer.locator(".facts dt").all_inner_texts() == ["Event", "Contest", "Issuer", "Number", "Date"]
    assert "＊" in verdict
    assert [name for name in winners if name in verdict] == []
