"""Hall, panel and scheme; what three judges do on their tablets while the board moves."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from tests.browser.story.day import EVENT, Day, press

LEVELS = {1: 0, 2: 2, 3: 1}  # what the seats give first; too far apart


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


def score_on_tablets(judges: list[Any], viewer: Any) -> None:
    """A1 of the first work by thumb while the board moves; the rest as tablets send it."""
    assert viewer.locator("[data-count=sheets_done]").first.inner_text() == "0"
    viewer.evaluate("window.opened = true")
    work = desk_of(judges[0])["works"][0]["code"]
    for page in judges:
        page.goto(f"/judge/#{work}/A1")
    disagree(judges, viewer)
    agree(judges)
    assert [score_the_rest(page) for page in judges] == [11, 11, 11]
    board_says(viewer, 36)
    assert viewer.evaluate("window.opened") is True


def disagree(judges: list[Any], viewer: Any) -> None:
    """The levels are too far apart, and the second seat disputes what the recorder has measured."""
    for seat, page in enumerate(judges, 1):
        page.reload()
        measured = card_of(page, "A1.1")
        measured.get_by_role("button", name={1: "Met", 2: "Dispute", 3: "Confirm"}[seat], exact=True).tap()
        if seat == 2:
            measured.get_by_role("button", name="Misread").tap()
        give(page, "A1.2", LEVELS[seat])
        page.get_by_role("button", name="Submit A1").tap()
        if seat < 3:
            board_says(viewer, seat)
    judges[2].get_by_text("Please score this sub-criterion again.").wait_for()


def agree(judges: list[Any]) -> None:
    """All score again: the recorder measures anew, the others confirm, the levels come together."""
    for seat, page in enumerate(judges, 1):
        page.reload()
        card_of(page, "A1.1").get_by_role("button", name="Not met" if seat == 1 else "Confirm", exact=True).tap()
        give(page, "A1.2", 1)
        page.get_by_role("button", name="Submit A1").tap()
        page.get_by_text("Submitted. Nothing here changes any more.").wait_for()


def board_says(viewer: Any, sheets: int) -> None:
    """The number of submitted sheets changes on the page that stays open."""
    viewer.locator("[data-count=sheets_done]", has_text=re.compile(rf"^\s*{sheets}\s*$")).first.wait_for()
