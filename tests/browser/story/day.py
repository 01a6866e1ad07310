"""One competition day, step by step, each person in a browser context of their own."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from tests.browser.story.seed import CODE
from tests.processes import ROOT

LEVELS = {1: 0, 2: 2, 3: 1}  # what the seats give first; too far apart
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


def import_workbook(page: Any, file: Path) -> None:
    page.goto(f"{EVENT}/import/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Check this workbook")
    page.locator("dl.stats").wait_for()


def submit_teams(page: Any, count: int) -> None:
    """The first complete teams, one after the other, on their own pages."""
    for _ in range(count):
        page.goto(f"{EVENT}/entries/?state=draft")
        page.locator("tbody th a").first.click()
        press(page, "Submit")
        page.get_by_text("Submitted. You can reopen it").wait_for()


def prepare(page: Any) -> list[str]:
    """Hall, panel, seats, officials. Answers what the three printed cards say."""
    page.goto(f"{EVENT}/venues/")
    page.locator("[name=venue_name]").fill("一号厅")
    page.locator("[name=stations]").fill("A01-A06")
    press(page, "Add stations")
    page.goto(f"{EVENT}/judges/")
    for duty in ("chief", "supervisor"):
        page.locator("#official").fill(duty)
        press(page, "Appoint as chief judge" if duty == "chief" else "Appoint as supervisor")
    page.locator("#panel").fill("第一组")
    press(page, "Add a panel")
    for number, name in enumerate(("裁判甲", "裁判乙", "裁判丙")):
        page.get_by_placeholder("Judge's name").fill(name)
        if number == 0:
            page.locator("[name=records]").check()
        press(page, "Add a seat")
    press(page, "Print new cards for this panel")
    return [code.strip() for code in page.locator(".paper-code").all_inner_texts()]


def open_scoring(page: Any, scheme: Path) -> None:
    page.goto(f"{EVENT}/scheme/")
    page.locator("input[type=file]").set_input_files(scheme)
    press(page, "Upload and check")
    press(page, "Lock the scheme")
    press(page, "Open scoring")


def sit_down(day: Day, card: str, seat: int) -> Any:
    """A judge signs in on a tablet with the printed card."""
    page = day.person(seat % len(day.urls), viewport={"width": 1180, "height": 820}, has_touch=True)
    page.goto("/card/")
    page.locator("[name=word]").fill(card)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/judge/**")
    page.locator(".jd-card").first.wait_for()
    return page


def card_of(page: Any, code: str) -> Any:
    return page.locator(".jd-card").filter(has=page.locator("h3", has_text=f"{code} "))


def give(page: Any, code: str, level: int) -> None:
    card_of(page, code).locator(".jd-level").nth(level).tap()
    card_of(page, code).locator(".jd-tick-taken").wait_for()


def desk_of(page: Any) -> dict[str, Any]:
    desk: dict[str, Any] = page.request.get("/api/v1/judge/desk").json()
    return desk


def send(page: Any, path: str, body: Any) -> Any:
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": page.url}
    answer = page.request.post(path, data=body, headers=headers)
    assert answer.ok, (answer.status, answer.text())
    return answer.json()


def score_the_rest(page: Any) -> int:
    """The open sheets of a seat, through the API in the tablet's own session: the first work in code order is best."""
    filled = 0
    desk = desk_of(page)
    order = {work["uid"]: place for place, work in enumerate(sorted(desk["works"], key=lambda w: w["code"]))}
    for stub in desk["sheets"]:
        if stub["state"] != "open":
            continue
        sheet = page.request.get(f"/api/v1/judge/sheets/{stub['uid']}").json()
        marks = [
            _mark(sheet, aspect, order) for aspect in sheet["aspects"] if aspect["kind"] == "J" or aspect["recorder"]
        ]
        said = send(page, "/api/v1/judge/marks", {"marks": marks})["verdicts"]
        assert {verdict["verdict"] for verdict in said} <= {"taken"}, said
        words = [
            {"aspect": a["uid"], "agrees": True} for a in sheet["aspects"] if a["kind"] == "M" and not a["recorder"]
        ]
        send(page, f"/api/v1/judge/sheets/{stub['uid']}/submit", {"confirmations": words})
        filled += 1
    return filled


def _mark(sheet: dict[str, Any], aspect: dict[str, Any], order: dict[str, int]) -> dict[str, Any]:
    place = order[sheet["work"]["uid"]]
    value = str(3 - place) if aspect["kind"] == "J" else ("0.00" if place else aspect["max"])
    return {"client_id": str(uuid.uuid4()), "sheet": sheet["uid"], "aspect": aspect["uid"], "value": value}


def sign(page: Any, password: str) -> None:
    page.goto(f"{EVENT}/sign-off/")
    page.locator("#password").fill(password)
    press(page, "Sign")


FIXTURE = ROOT / "tests" / "fixtures" / "entries.xlsx"
