"""How teams get in: the event's own page, the collected workbook twice, and a school for itself."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from backend.config.demo import people
from backend.config.demo.basics import RULES
from tests.browser.story.day import EVENT, press
from tests.browser.story.seed import CODE, SCHOOL
from tests.processes import ROOT
from tests.registration.world import id_number

FIXTURE = ROOT / "tests" / "fixtures" / "entries.xlsx"
REFUSED = {"K11", "I18", "P25", "B31", "K35", "K36", "K49", "K61", "H72", "K107", "E126", "G137"}
MENDED = {
    "K11": "410302200507026106",
    "I18": "男",
    "P25": "18173967470",
    "B31": CODE,
    "K35": id_number(901),
    "K36": "410302200404160054",
    "K49": id_number(902),
    "K61": id_number(903),
    "H72": "梁思远",
    "K107": id_number(905),
    "E126": "河南农业职业学院",
    "E137": "河南检察职业学院",  # a fourth contestant was a team of another school
    "F137": 2,
}
CHANGED = {"P6": "13800000000"}


def set_up_event(page: Any) -> None:
    """A new event on its page with its first numbers, the rest of the rules as text; signed off and opened."""
    page.goto("/contests/")
    page.get_by_role("link", name="2026年河南省高等职业教育技能大赛").first.click()
    page.get_by_role("link", name="New event").click()
    page.locator("[name=code]").fill(CODE)
    page.locator("[name=name]").fill("网站技术")
    page.locator("[name=name_en]").fill("Web Technologies")
    deadline = datetime.now() + timedelta(days=30)  # noqa: DTZ005
    page.locator("[name=registration_closes_at]").fill(deadline.strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=tech_platforms]").fill("平台甲\n平台乙")
    for part in ("team", "age"):
        for name, value in RULES[part].items():
            page.locator(f"[name={part}-{name}]").fill(str(value))
    press(page, "Set up the event")
    assert page.url.endswith(f"{EVENT}/")
    page.goto(f"{EVENT}/rules/?as=text")
    page.locator("[name=text]").fill(json.dumps(RULES))
    press(page, "See what changes")
    press(page, "Adopt this version")
    press(page, "Sign the rules off")
    press(page, "Open registration")


def import_collected(page: Any, folder: Path) -> None:
    """The hurting workbook: its good rows get in, twelve cells are explained; marked, mended, and taken again."""
    import_workbook(page, FIXTURE)
    assert cells_said(page) == REFUSED
    press(page, "Take 121 rows")
    page.get_by_text("121 rows are taken.").wait_for()
    page.goto(f"{EVENT}/import/")
    page.get_by_role("link", name="121 rows good, 12 refused").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download the marked workbook").click()
    marked = folder / "marked.xlsx"
    waited.value.save_as(marked)
    import_workbook(page, mend(marked, folder / "mended.xlsx"))
    assert cells_said(page) == set()
    assert stats(page) == {"Read": "133 rows", "Can be taken": "133", "Already entered / changed": "120 / 1"}
    page.get_by_role("link", name="Changed", exact=True).click()
    assert page.locator("tbody .sheet-row").all_inner_texts() == ["6"]
    press(page, "Take 133 rows")
    page.get_by_text("rows are taken.").wait_for()


def mend(marked: Path, file: Path) -> Path:
    """What a careful clerk does: every marked cell has its comment; they are put right, and one phone has changed."""
    book = load_workbook(marked)
    sheet = book["报名表"]
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented >= REFUSED
    for cell, value in {**MENDED, **CHANGED}.items():
        sheet[cell] = value
    book.save(file)
    return file


def import_workbook(page: Any, file: Path) -> None:
    page.goto(f"{EVENT}/import/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Check this workbook")
    page.locator("dl.stats").wait_for()


def cells_said(page: Any) -> set[str]:
    """Every cell that has to be mended."""
    return set(page.locator(".sheet-said .said:not(.said-tidied) .said-cell").all_inner_texts())


def stats(page: Any) -> dict[str, str]:
    """What the check says above, without what was tidied and what has to be mended."""
    names, values = (page.locator(f"dl.stats {part}").all_inner_texts() for part in ("dt", "dd"))
    told = {name.strip(): value.strip() for name, value in zip(names, values, strict=True)}
    return {name: told[name] for name in ("Read", "Can be taken", "Already entered / changed") if name in told}


def enter_own_team(page: Any, folder: Path) -> None:
    """A coordinator: a row of another school is refused at its cell; one more team goes in through the form."""
    import_workbook(page, with_a_stranger(folder / "own.xlsx"))
    assert cells_said(page) == {"E12"}
    assert stats(page)["Read"] == "7 rows"
    assert stats(page)["Can be taken"] == "6"
    press(page, "Discard")
    page.goto(f"{EVENT}/entries/new/")
    roles = page.locator("[name^='m-'][name$='-role']").count()
    for n in range(roles):
        invented = people.member(700 + n, page.locator(f"[name='m-{n}-role']").input_value())
        for name in ("name", "id_number", "phone"):
            page.locator(f"[name='m-{n}-{name}']").fill(getattr(invented, name))
    page.locator("[name=t-tech_platform]").select_option("平台乙")
    press(page, "Save")
    page.locator("h1", has_text=f"{SCHOOL} team 2").wait_for()
    submit(page)


def with_a_stranger(file: Path) -> Path:
    """The school's own six rows and, two lines below, the row of another school."""
    book = load_workbook(FIXTURE)
    sheet = book["报名表"]
    for row in (11, *range(13, sheet.max_row + 1)):
        for cell in sheet[row]:
            cell.value = None
    book.save(file)
    return file


def submit_teams(page: Any, count: int) -> None:
    """The first complete teams, one after the other, on their own pages."""
    for _ in range(count):
        page.goto(f"{EVENT}/entries/?state=draft")
        page.locator("tbody th a").first.click()
        submit(page)


def submit(page: Any) -> None:
    press(page, "Submit")
    page.get_by_text("Submitted. You can reopen it").wait_for()
