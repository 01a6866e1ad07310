from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.spreadsheets.columns import Column, Kind
from backend.spreadsheets.reader import read_sheet
from backend.spreadsheets.writer import OutColumn, sheet_name, writable, write_xlsx
from tests.spreadsheets.books import opened

COLUMNS = [OutColumn("姓名", 12), OutColumn("备注", 30)]
WANTED = [Column("name", ("姓名",), required=True), Column("remark", ("备注",))]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "=HYPERLINK(1)"])
def test_text_never_becomes_a_formula(text: str) -> None:
    content = write_xlsx(COLUMNS, [["张三", text]], title="名单")

    cell = opened(content)["名单"]["B2"]

    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@example(["_x000D_", "a_x0041_b", "\r", "\x00", "'0123"])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_written(texts: list[str]) -> None:
    content = write_xlsx(COLUMNS, [["张三", text] for text in texts], title="名单")

    read = [row.text("remark") for row in read_sheet(content, WANTED).rows]

    assert read == [as_read(text) for text in texts]


def as_read(text: str) -> str:
    """XML has one kind of line break; the reader composes letters and trims the ends."""
    lines = writable(text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip("\u200b\ufeff \t\r\n\u3000\xa0")


def test_numbers_dates_and_long_digits_keep_their_kind() -> None:
    columns = [
        OutColumn("分", kind=Kind.DECIMAL),
        OutColumn("数", kind=Kind.INTEGER),
        OutColumn("日", kind=Kind.DATE),
    ]

    page = opened(write_xlsx(columns, [[Decimal("87.50"), 410702200411147264, date(2026, 5, 1)]], title="成绩"))["成绩"]

    assert [cell.number_format for cell in page[2]] == ["0.00", "@", "yyyy-mm-dd"]
    assert [page["A2"].value, page["B2"].value, page["C2"].value.date()] == [
        87.5,
        "410702200411147264",
        date(2026, 5, 1),
    ]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:C2")


def test_a_row_of_another_length_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        write_xlsx(COLUMNS, [["张三"]], title="名单")


def test_a_sheet_name_fits_excel() -> None:
    assert sheet_name("a/b:c*" + "长" * 40) == "a b c " + "长" * 25
    assert sheet_name("??") == "Sheet1"
