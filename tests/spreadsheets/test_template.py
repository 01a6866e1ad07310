from __future__ import annotations

import pytest
from openpyxl import Workbook

from backend.spreadsheets.columns import Kind
from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.reader import read_sheet
from backend.spreadsheets.template import write_template
from backend.spreadsheets.writer import OutColumn
from tests.spreadsheets.books import GOOD, HEADER, PEOPLE, changed, opened

COLUMNS = [OutColumn(title, kind=Kind.INTEGER if title == "参赛队序号" else Kind.TEXT) for title in HEADER]


def template() -> bytes:
    return write_template(
        COLUMNS,
        title="报名表",
        notes="每行一人",
        lists={"参赛学校": ["学校甲", "学校乙"], "姓名": ["甲"]},
        rows=20,
        example=[GOOD],
    )


def test_an_empty_form_has_text_cells_and_lists_to_choose_from() -> None:
    page = opened(template())["报名表"]

    assert [cell.value for cell in page[3]] == list(HEADER)
    assert (page["D4"].number_format, page["F4"].number_format) == ("@", "0")
    rules = page.data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == [
        "B4:B23",
        "C4:C23",
    ]
    choices = opened(template()).worksheets[-1]
    assert [cell.value for cell in choices["A"]] == ["参赛学校", "学校甲", "学校乙"]


def test_a_form_left_empty_is_refused_and_a_filled_one_is_read() -> None:
    def fill(made: Workbook) -> None:
        for column, value in enumerate(GOOD, start=1):
            made["报名表"].cell(row=4, column=column, value=value)

    with pytest.raises(SheetRefused) as caught:
        read_sheet(template(), PEOPLE)
    sheet = read_sheet(changed(template(), fill), PEOPLE)

    assert caught.value.code == "NO_ROWS"
    assert (sheet.header_row, [row.text("name") for row in sheet.rows], sheet.others) == (3, ["张三"], ())
