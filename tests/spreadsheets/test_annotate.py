from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from backend.spreadsheets.annotate import annotate
from backend.spreadsheets.columns import CellError, Fix
from backend.spreadsheets.errors import SheetRefused
from tests.spreadsheets.books import FIXTURES, GOOD, HEADER, book, changed, opened, with_part

ENTRIES = (FIXTURES / "entries.xlsx").read_bytes()
RED, AMBER = "FFFFB3B3", "FFFFE08A"


def test_the_whole_workbook_comes_back_with_its_bad_cells_marked() -> None:
    errors = [CellError("K35", "ID", "号码被存成数字"), CellError("K35", "X", "另一个问题")]

    marked = opened(annotate(ENTRIES, sheet="报名表", errors=errors, fixes=[Fix("K16", "UPPER_X")]))

    before, after = opened(ENTRIES), marked
    assert after.sheetnames == before.sheetnames
    assert [[cell.value for cell in row] for row in after["报名表"]] == [
        [cell.value for cell in row] for row in before["报名表"]
    ]
    page = after["报名表"]
    assert (page["K35"].fill.start_color.rgb, page["K16"].fill.start_color.rgb) == (RED, AMBER)
    assert page["K35"].comment.text.splitlines()[1:] == ["号码被存成数字", "另一个问题"]
    assert page["K16"].comment.text.splitlines()[1:] == [Fix("K16", "UPPER_X").message]
    assert page["H139"].value == "=COUNTA(H5:H137)"
    assert sum(1 for row in page for cell in row if cell.comment) == 2


def test_a_cell_both_tidied_and_wrong_is_red_and_keeps_the_schools_own_comment() -> None:
    def remark(made: Workbook) -> None:
        made.active["C2"].comment = Comment("学校的批注", "school")

    content = changed(book(HEADER, GOOD), remark)

    cell = opened(
        annotate(content, sheet="报名表", errors=[CellError("C2", "X", "要改")], fixes=[Fix("C2", "SPACES")])
    )["报名表"]["C2"]

    assert cell.fill.start_color.rgb == RED
    assert cell.comment.text.splitlines()[1:] == ["要改", "", "学校的批注"]


def test_an_error_in_a_merged_range_is_shown_at_its_first_cell() -> None:
    def merge(made: Workbook) -> None:
        made.active.merge_cells("B2:B3")

    content = changed(book(HEADER, GOOD, GOOD), merge)

    page = opened(annotate(content, sheet="报名表", errors=[CellError("B3", "X", "要改")]))["报名表"]

    assert page["B2"].comment.text.splitlines()[1:] == ["要改"]


def test_a_merged_range_over_a_whole_sheet_is_refused_before_it_is_loaded() -> None:
    def merge(data: bytes) -> bytes:
        merged = b'<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'
        return data.replace(b"</sheetData>", b"</sheetData>" + merged)

    content = with_part(book(HEADER, GOOD), "xl/worksheets/sheet1.xml", merge)

    with pytest.raises(SheetRefused) as caught:
        annotate(content, sheet="报名表", errors=[])

    assert caught.value.code == "TOO_WIDE"
