"""A long sheet is read some rows at a time: the same values at the same places as when it is loaded at once."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest

from backend.spreadsheets.columns import Column
from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.grid import Limits, Raw, _values, open_workbook
from backend.spreadsheets.reader import open_sheet, read_sheet
from tests.spreadsheets.books import GOOD, HEADER, PEOPLE, book, with_part

SHEET = "xl/worksheets/sheet1.xml"
SMALL = Limits(piece=1)  # a row each, as far as what each piece takes along lets it
VALUES = (
    7,
    2.5,
    "",
    "一",
    "二",
    True,
    date(2026, 5, 1),
    datetime.combine(date(2026, 5, 1), time(9, 30)),
    time(9, 30),
    "=1+1",
    "x" * 40,
    None,
)


def lines(content: bytes, limits: Limits) -> list[list[Raw]]:
    """Of the first sheet, without the blank cells behind the last value, which a piece may lack."""
    opened = open_workbook(content, limits)
    found = opened.grid(opened.sheets[0]).rows
    return [line[: 1 + max((n for n, value in enumerate(line) if value != ""), default=-1)] for line in found]


def pieces_of(content: bytes, limits: Limits = SMALL) -> int:
    opened = open_workbook(content, limits)
    return len(opened.scan(opened.sheets[0]).cuts)


def rewritten(content: bytes, *changes: tuple[str, str]) -> bytes:
    def change(data: bytes) -> bytes:
        text = data.decode()
        for old, new in changes:
            assert re.search(old, text)
            text = re.sub(old, new, text)
        return text.encode()

    return with_part(content, SHEET, change)


def long_list(rows: int = 900) -> bytes:
    chance = random.Random(5)
    made = [[chance.choice(VALUES) for _column in range(chance.randrange(9))] for _row in range(rows)]
    return book(*made)


@pytest.mark.parametrize("gap", [0, 1, 500])
def test_values_stand_where_they_stood(gap: int) -> None:
    content = book(
        ("标题",), *[()] * gap, *[(None, n, f"第{n}人", date(2026, 1, 1)) for n in range(400)], *[()] * gap, ("末",)
    )
    assert pieces_of(content) > 3
    assert lines(content, SMALL) == lines(content, Limits(piece=10**9))
    assert lines(content, SMALL)[gap + 1] == ["", 0, "第0人", date(2026, 1, 1)]


def test_random_sheets_read_the_same() -> None:
    content = long_list()
    assert pieces_of(content) > 3
    whole = lines(content, Limits(piece=10**9))
    assert lines(content, SMALL) == whole
    assert lines(content, Limits(piece=20_000)) == whole


def test_formulas_without_a_result_keep_their_rows() -> None:
    content = book(*[(n, "=A1", "z" * 30) for n in range(300)], *[("=A1",)] * 40)
    assert pieces_of(content) > 3
    assert len(lines(content, SMALL)) == 340
    assert lines(content, SMALL) == lines(content, Limits(piece=10**9))


@pytest.mark.parametrize(
    ("changes", "parted"),
    [
        (((r"<(/?)(?=[a-zA-Z])", r"<\1x:"), ("xmlns=", "xmlns:x=")), True),
        (((r'(<row [^>]*?) ?r="\d+"', r"\1"),), False),
        (((r'<c r="A(\d+)"', "<c"),), False),
        (((r'<c r="B7"', '<c r="B900"'),), False),
        ((("encoding=[\"'][^\"']*[\"']", 'encoding="ISO-8859-1"'),), False),
    ],
    ids=["prefixed", "rows without number", "cells without place", "a cell of another row", "another encoding"],
)
def test_only_what_is_numbered_in_order_is_parted(changes: tuple[tuple[str, str], ...], parted: bool) -> None:
    made = book(*[(n, n + 1, "plain words to fill the rows") for n in range(300)])
    made = rewritten(made, ("^", '<?xml version="1.0" encoding="UTF-8"?>')) if b"<?xml" not in part(made) else made
    content = rewritten(made, *changes)
    assert (pieces_of(content) > 1) is parted
    assert outcome(lambda: lines(content, SMALL)) == outcome(lambda: lines(content, Limits(piece=10**9)))


def part(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(SHEET)


def outcome(read: Callable[[], list[list[Raw]]]) -> object:
    try:
        return read()
    except SheetRefused as refusal:
        return refusal.code


def test_rows_are_read_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    content = book(HEADER, *[GOOD] * 2_000)
    loaded: list[int] = []

    def counted(piece: bytes, name: str) -> Iterator[tuple[int, list[Raw]]]:
        loaded.append(len(piece))
        return _values(piece, name)

    monkeypatch.setattr("backend.spreadsheets.grid._values", counted)
    rows = open_sheet(content, PEOPLE, SMALL).rows(SMALL)
    before = len(loaded)
    assert [next(rows).number, next(rows).number] == [2, 3]
    assert len(loaded) == before + 1
    assert [row.number for row in rows] == list(range(4, 2_002))
    assert max(loaded) < len(part(content)) / 4


def test_a_list_that_is_too_long_is_refused_on_the_way() -> None:
    content = book(HEADER, *[GOOD] * 500)
    with pytest.raises(SheetRefused) as refused:
        read_sheet(content, PEOPLE, limits=Limits(max_rows=499, piece=1))
    assert refused.value.code == "TOO_MANY_ROWS"


def test_texts_that_the_workbook_keeps_once_come_with_every_piece() -> None:
    content = book(("姓名",), *[(f"第{n}人",) for n in range(3_000)])
    assert pieces_of(content) > 1
    read = [row.text("name") for row in read_sheet(content, (Column("name", ("姓名",)),), limits=SMALL).rows]
    assert read == [f"第{n}人" for n in range(3_000)]
