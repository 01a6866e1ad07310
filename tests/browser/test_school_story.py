"""A school registers twelve teams with three mistakes through the real pages: from the template to its cards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.browser.conftest import Server
from tests.browser.story import schools
from tests.browser.story.day import press

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
SEED = "tests.browser.story.schools:"
EVENT = f"/events/{schools.CODE}"
N = schools.TEAMS


def test_twelve_teams_with_three_mistakes_come_to_their_cards(open_page: Open, server: Server, tmp_path: Path) -> None:
    uid = server.seed(f"{SEED}begin")["school"]

    def states() -> dict[str, int]:
        counted: dict[str, int] = server.seed(f"{SEED}states")
        return counted

    def signed_in(name: str, role: str, kind: str, key: str, **options: Any) -> Any:
        cookie = server.seed("tests.browser.seed:account", name=name, role=role, kind=kind, key=key)
        return open_page("/", cookie=cookie, **options)

    office = signed_in("office-21", "organiser", "group", "21")
    school = signed_in("school-21", "school_coordinator", "organisation", uid)

    # Who reviews, that contestants need a photo, and that a leader confirms the roster.
    office.goto(f"{server.url}{EVENT}/review-plan/")
    office.get_by_label("第一步审核").select_option("organiser")
    office.get_by_label("证件照").check()
    office.get_by_label("发证前须由领队确认名单").check()
    press(office, "保存设置")

    # The workbook: three cells are told, the other teams are taken.
    school.goto(f"{server.url}/school/")
    with school.expect_download() as waited:
        school.get_by_role("link", name="带本校参赛队的模板").first.click()
    waited.value.save_as(tmp_path / "template.xlsx")
    school.get_by_role("link", name="导入报名表").first.click()
    book = schools.fill_in(tmp_path / "template.xlsx", tmp_path / "filled.xlsx")
    school.locator("input[type=file]").set_input_files(book)
    press(school, "检查这份表格")
    school.locator("dl.stats").wait_for()
    assert set(school.locator(".sheet-said .said:not(.said-tidied) .said-cell").all_inner_texts()) == schools.WRONG
    press(school, "先入库 21 行")
    school.get_by_text("已入库 21 行").wait_for()
    assert states() == {"draft": N - 3, "incomplete": 3}

    # One form for what lacks: a number that is wrong keeps everything that was typed.
    school.goto(f"{server.url}{EVENT}/entries/teams/")
    lacking = school.locator("details.card[open]")
    assert lacking.count() == 3
    for n in range(3):
        newcomer(lacking.nth(n), n, schools.miscopied(schools.number(91)) if n == 1 else schools.number(90 + n))
    press(school, "保存全部参赛队 (12)")
    school.get_by_text("还没有保存").first.wait_for()
    wrong = school.locator("details:has(.field-wrong)")
    assert (wrong.count(), states()) == (1, {"draft": N - 3, "incomplete": 3})
    newcomer(wrong, 1, schools.number(91))
    press(school, "保存全部参赛队 (12)")
    assert states() == {"draft": N}

    # A contestant completes their own data by a link on a phone, once.
    school.get_by_role("link", name="1 队").first.click()
    press(school, "生成全部选手的链接")
    link = school.locator("copy-link input").first.input_value()
    own = open_page(f"/my-data/{link.split('/my-data/')[1]}", size="phone")
    own.get_by_label("手机号").fill("13900000099")
    own.get_by_label("学籍号/学号").fill("2027051234")
    press(own, "提交")

    # The photos of everybody at once, past a gateway that fails: nothing is lost, nothing is there twice.
    school.goto(f"{server.url}/school/")
    school.get_by_role("link", name="批量提交材料").first.click()
    names = school.locator("#lacking li a").all_inner_texts()
    photos = [{"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": schools.photo()} for name in names]
    school.locator("input[type=file]").set_input_files([*photos, {**photos[0], "name": "IMG_0001.jpg"}])
    fails_once(school, "**/papers/**", at=2)
    school.get_by_role("button", name="提交", exact=True).click()
    school.get_by_text("网络中断").wait_for()
    school.get_by_role("button", name="继续提交其余文件").click()
    school.get_by_text(f"{len(names) + 1} 个文件中已提交 {len(names)} 个").wait_for()
    school.get_by_text(f"{len(names)} 名选手都已提交这份材料").wait_for()

    school.goto(f"{server.url}/school/")
    press(school, f"提交 {N} 支完整的参赛队")
    assert states() == {"submitted": N}

    # Eleven approved at once, one returned at a field.
    office.goto(f"{server.url}/entry-reviews/")
    walk_by_keys(office)
    boxes = office.locator("tbody [name=entry]")
    assert boxes.count() == N
    for box in boxes.all()[1:]:
        box.check()
    press(office, "通过勾选的队伍")
    office.locator("tbody th a").first.click()
    office.locator("[name^=field-]").first.select_option("name")
    keyed(office, "r")
    office.locator("[name^=text-]").first.fill("raxj 与学籍不一致")  # while somebody writes, letters are letters
    with office.expect_navigation():
        office.keyboard.press("Control+Enter")
    assert states() == {"approved": N - 1, "returned": 1}

    # The school reads why, mends it and hands it in again; the reviewer sees the difference.
    school.goto(f"{server.url}/school/")
    school.get_by_text("raxj 与学籍不一致").first.wait_for()
    school.get_by_role("link", name="1 队").first.click()
    school.get_by_role("link", name="修改").first.click()
    school.locator("[name$=-name]").first.fill("人零")
    press(school, "保存")
    press(school, "提交")
    office.goto(f"{server.url}/entry-reviews/")
    office.locator("tbody th a").first.click()
    assert set(office.locator("ins").all_inner_texts()) == {"人零"}
    keyed(office, "x")
    keyed(office, "a")
    with office.expect_navigation():
        office.keyboard.press("Control+Enter")
    assert states() == {"approved": N}

    # The leaders have signed; the cards of everybody, eight on a sheet.
    school.goto(f"{server.url}{EVENT}/entries/")
    press(school, f"{N} 支参赛队的领队已在打印名单上签字")
    assert states() == {"confirmed": N}
    office.goto(f"{server.url}{EVENT}/cards/")
    press(office, "补发缺的参赛证")
    school.goto(f"{server.url}{EVENT}/entries/")
    with school.expect_download() as waited:
        school.get_by_role("link", name="打印参赛证").click()
    waited.value.save_as(tmp_path / "cards.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "cards.pdf")) == N * schools.SIZE // 8

    # The countdown on a device whose own clock is years wrong; it ends closed, and so does the server.
    school.clock.install(time=datetime(2020, 1, 1, tzinfo=UTC))
    server.seed(f"{SEED}close_in", minutes=30)
    school.goto(f"{server.url}/school/")
    clock = school.locator("deadline-clock").first
    assert clock.inner_text()[:5] in ("00:29", "00:30", "00:31")
    school.clock.fast_forward("31:00")
    assert clock.inner_text() == clock.get_attribute("over")
    server.seed(f"{SEED}close_in", minutes=-2)
    school.goto(f"{server.url}{EVENT}/entries/new/")
    school.get_by_text("报名截止时间已过").first.wait_for()
    assert states() == {"confirmed": N}


def walk_by_keys(office: Any) -> None:
    """Into the first entry, on to the next and back, and to the list again, with nothing decided."""
    office.locator("tbody th a").first.click()
    keyed(office, "")
    first = office.url.partition("?")[0]
    keyed(office, "j")
    office.wait_for_url(lambda url: not url.startswith(first))
    keyed(office, "k")
    office.wait_for_url(lambda url: url.startswith(first))
    office.go_back()
    office.go_back()
    office.go_back()
    office.locator("tbody [name=entry]").first.wait_for()


def keyed(office: Any, key: str) -> None:
    """Press a key once the page listens to it."""
    office.locator(".keys").first.wait_for()
    if key:
        office.keyboard.press(key)


def newcomer(team: Any, n: int, number: str) -> None:
    """The last, empty part of a team filled in."""
    part = team.locator("fieldset.entry-person").last
    part.locator("[name$=-role]").select_option("contestant")
    part.locator("[name$='-name']").fill(f"新人{n}")
    part.locator("[name$=-id_type]").select_option("resident")
    part.locator("[name$=-id_number]").fill(number)


def fails_once(page: Any, address: str, *, at: int) -> None:
    """Something before the server answers this POST, once."""
    posts = count(1)

    def pass_on(route: Any) -> None:
        failing = route.request.method == "POST" and next(posts) == at
        route.fulfill(status=502, body="") if failing else route.continue_()

    page.route(address, pass_on)
