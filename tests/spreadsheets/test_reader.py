from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from backend.spreadsheets.columns import Column, Kind, SkippedRow
from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.grid import Limits
from backend.spreadsheets.reader import read_sheet
from backend.spreadsheets.rows import is_label
from backend.spreadsheets.writer import OutColumn, write_xlsx
from tests.spreadsheets.books import FIXTURES, GOOD, HEADER, PEOPLE, book, changed

ENTRIES = (FIXTURES / "entries.xlsx").read_bytes()
ENTRY_COLUMNS = (
    Column("event", ("赛项编号",), required=True, filled=True, kind=Kind.CODE),
    Column("school", ("参赛学校",), required=True, filled=True, kind=Kind.NAME),
    Column("team", ("参赛队序号",), required=True, filled=True, kind=Kind.INTEGER),
    Column("role", ("角色",), required=True, filled=True),
    Column("name", ("姓名",), required=True, filled=True, kind=Kind.NAME),
    Column("id_number", ("证件号码", "身份证号"), required=True, filled=True, kind=Kind.ID_NUMBER),
    Column("study_number", ("学籍号/学号",), kind=Kind.CODE),
    Column("phone", ("手机号",), kind=Kind.PHONE),
    Column("missing", ("证书编号",)),
)


def test_the_sample_is_read_whole_with_its_dirt_tidied_and_its_errors_by_cell() -> None:
    sheet = read_sheet(ENTRIES, ENTRY_COLUMNS)

    assert (sheet.name, sheet.header_row, len(sheet.rows), sheet.others) == ("报名表", 4, 133, ())
    assert (sheet.rows[0].number, sheet.rows[-1].number) == (5, 137)
    assert sheet.skipped == [SkippedRow(139, "footer"), SkippedRow(140, "footer")]
    assert [(error.cell, error.code) for error in sheet.errors] == [
        ("P25", "PHONE_SHAPE"),
        ("K35", "ID_NUMBER_STORED_AS_NUMBER"),
        ("H72", "BLANK"),
    ]
    assert [(fix.cell, fix.code) for fix in sheet.fixes] == [
        ("P13", "NUMBER_AS_TEXT"),
        ("K16", "UPPER_X"),
        ("K43", "CHARACTERS"),
        ("K48", "CHARACTERS"),
        ("K52", "UPPER_X"),
        ("K71", "SPACES"),
        ("H97", "SPACES"),
        ("H101", "SPACES"),
        ("H109", "SPACES"),
        ("K113", "CHARACTERS"),
        ("E126", "SPACES"),
        ("P131", "PHONE"),
        ("K133", "SPACES"),
    ]


def test_typed_cells_come_with_their_coordinates() -> None:
    row = read_sheet(ENTRIES, ENTRY_COLUMNS).rows[8]

    assert dict(row.values) == {
        "event": "GZ-2026-046",
        "school": "河南检察职业学院",
        "team": 1,
        "role": "选手",
        "name": "陈芳",
        "id_number": "410702200405083435",
        "study_number": "2025293577",
        "phone": "17074641570",
        "missing": None,
    }
    assert (row.cell("id_number"), row.cell("missing"), row.integer("team")) == ("K13", "B13", 1)
    assert row.text("missing") == ""


def test_no_message_repeats_what_stands_in_the_cell() -> None:
    sheet = read_sheet(ENTRIES, ENTRY_COLUMNS)

    assert [error.message for error in sheet.errors if "1817396747" in error.message] == []
    assert all(error.message for error in sheet.errors)
    assert all(fix.message for fix in sheet.fixes)


def test_a_formula_in_a_data_row_is_an_error_of_its_cell() -> None:
    content = book(HEADER, GOOD, (2, "学校甲", '=B2&"x"', "11010519491231002X", None, 2))

    row = read_sheet(content, PEOPLE).rows[1]

    assert [(error.cell, error.code) for error in row.errors] == [("C3", "FORMULA_CELL")]
    assert row.values["name"] is None
    assert row.broken("name")
    assert not row.broken("school")


def test_a_row_made_of_formulas_alone_is_charged_while_sums_are_a_footer() -> None:
    look_up = (None, "=VLOOKUP(A3,X!A:B,2)", "=X!B3", "=X!C3", None, None)
    sums = (None, None, "=COUNTA(C2:C3)", None, None, "=SUM(F2:F3)")

    sheet = read_sheet(book(HEADER, GOOD, look_up, sums), PEOPLE)

    assert [(error.cell, error.code) for error in sheet.rows[1].errors] == [
        ("B3", "FORMULA_CELL"),
        ("C3", "FORMULA_CELL"),
        ("D3", "FORMULA_CELL"),
    ]
    assert sheet.skipped == [SkippedRow(4, "footer")]


@pytest.mark.parametrize(
    "footer",
    [
        ("合计", None, None, None, None, None),
        ("合计", 12, None, None, None, None),
        (None, "填表人：李四", None, "审核人：", None, "（盖章）"),
        (None, "单位（盖章）：", None, None, None, None),
        (None, None, "联系人：王五", None, "13812345678", None),
        (None, None, None, "2026年5月1日", None, None),
        ("注：1.证件号码请设为文本。", None, None, None, None, None),
    ],
)
def test_footers_are_passed_over_and_not_charged(footer: tuple[object, ...]) -> None:
    sheet = read_sheet(book(HEADER, GOOD, footer), PEOPLE)

    assert (len(sheet.rows), sheet.errors) == (1, [])
    assert [skipped.row for skipped in sheet.skipped] == [3]


def test_a_half_filled_person_is_never_taken_for_a_footer() -> None:
    sheet = read_sheet(book(HEADER, GOOD, (2, None, "王小明", None, None, None)), PEOPLE)

    assert [(error.cell, error.code) for error in sheet.errors] == [("B3", "BLANK"), ("D3", "BLANK")]


def test_empty_forms_and_repeated_headers_are_passed_over() -> None:
    sheet = read_sheet(book(HEADER, GOOD, (), HEADER, GOOD, (3,), (4,)), PEOPLE)

    assert [row.number for row in sheet.rows] == [2, 5]
    assert sheet.skipped == [SkippedRow(4, "header"), SkippedRow(6, "blank"), SkippedRow(7, "blank")]


def test_the_header_is_found_below_titles_and_under_other_names() -> None:
    titles = [("2026年报名表",), (), ("填表说明",)] * 9

    sheet = read_sheet(book(*titles, ("学 校\n（全称）", "*姓名", "证 件 号 码", "联系电话"), GOOD[1:5]), PEOPLE)

    assert sheet.header_row == 28
    assert sheet.rows[0].text("phone") == "13812345678"


def test_missing_columns_are_named_with_the_place_that_was_taken_for_the_header() -> None:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(book(("标题",), ("序号", "姓名", "手机号"), (1, "张三", "1")), PEOPLE)

    assert (caught.value.code, caught.value.details) == (
        "HEADERS_MISSING",
        {"missing": ["参赛学校", "证件号码"]},
    )


def test_a_workbook_without_any_header_names_all_that_is_needed() -> None:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(book(("一", "二"), (1, 2)), PEOPLE)

    assert (caught.value.code, caught.value.details) == (
        "HEADERS_MISSING",
        {"missing": ["参赛学校", "姓名", "证件号码"]},
    )


def test_two_columns_of_one_name_are_refused_not_guessed() -> None:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(book((*HEADER, "姓名"), (*GOOD, "李四")), PEOPLE)

    assert (caught.value.code, caught.value.details) == ("HEADER_TWICE", {"cells": ["C1", "G1"]})


def test_the_sheet_with_the_list_is_chosen_and_its_twins_are_named() -> None:
    content = book(("说明",), title="封面", 填写示例=[HEADER, GOOD], 选手=[HEADER, GOOD], 教师=[HEADER, GOOD])

    sheet = read_sheet(content, PEOPLE)

    assert (sheet.name, sheet.others) == ("选手", ("教师",))


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(book(HEADER, (1,)), PEOPLE)

    assert caught.value.code == "NO_ROWS"


def test_errors_shown_by_excel_and_dates_made_by_excel_are_refused_by_cell() -> None:
    def spoil(made: Workbook) -> None:
        made.active["C2"] = "#N/A"
        made.active["E2"] = date(2026, 5, 1)

    sheet = read_sheet(changed(book(HEADER, GOOD), spoil), PEOPLE)

    assert [(error.cell, error.code) for error in sheet.errors] == [
        ("C2", "ERROR_CELL"),
        ("E2", "TURNED_INTO_DATE"),
    ]


@pytest.mark.slow
def test_the_hundred_thousandth_row_is_read_and_the_next_refused() -> None:
    columns = [OutColumn("姓名"), OutColumn("学校")]
    wanted = [Column("name", ("姓名",), required=True), Column("school", ("学校",), required=True)]

    full = write_xlsx(columns, ([f"人{n}", "校"] for n in range(100_000)), title="报名表")
    over = write_xlsx(columns, ([f"人{n}", "校"] for n in range(100_001)), title="报名表")

    assert len(read_sheet(full, wanted).rows) == 100_000
    with pytest.raises(SheetRefused) as caught:
        read_sheet(over, wanted)
    assert caught.value.code == "TOO_MANY_ROWS"


def test_one_row_over_the_limit_is_refused() -> None:
    content = book(HEADER, *[GOOD] * 4)

    assert len(read_sheet(content, PEOPLE, limits=Limits(max_rows=4)).rows) == 4
    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, PEOPLE, limits=Limits(max_rows=3))
    assert caught.value.code == "TOO_MANY_ROWS"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("合 计", True),
        ("合计12人", True),
        ("填表人：李四", True),
        ("审核人", True),
        ("（盖章）", True),
        ("单位（公章）：", True),
        ("校长签字：", True),
        ("2026年 月 日", True),
        ("学校甲", False),
        ("合肥计算机学院", False),
        ("单位立", False),
        ("张三", False),
        ("2026级", False),
    ],
)
def test_labels_under_a_list_are_told_from_names(text: str, label: bool) -> None:
    assert is_label(text) is label


def test_a_header_of_two_rows_is_read_as_one() -> None:
    upper = ("序号", "参赛学校", "选手信息", None, None, "参赛队\n序号")
    lower = (None, None, "姓 名", "证件号码", "手机号", None)

    sheet = read_sheet(book(("报名汇总表",), upper, lower, GOOD), PEOPLE)

    assert (sheet.header_row, len(sheet.rows)) == (3, 1)
    assert (sheet.rows[0].integer("team"), sheet.rows[0].text("school")) == (1, GOOD[1])


def test_messages_name_the_column_as_the_sheet_does() -> None:
    sheet = read_sheet(book(("学 校", "姓\n名", "证件号码"), (None, "张三", "11010519491231002X")), PEOPLE)

    assert ["学校" in error.message for error in sheet.errors] == [True]
