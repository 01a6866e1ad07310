"""Lists as workbooks. Text stays text: nothing a person once typed can become a formula in somebody else's
Excel.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from backend.spreadsheets.columns import Kind, Value
from backend.spreadsheets.normal import EXACT_DIGITS

_LONGEST = 32_767  # characters in one Excel cell
_NUMBER_FORMATS = {Kind.INTEGER: "0", Kind.DECIMAL: "0.00", Kind.DATE: "yyyy-mm-dd"}
# What XML 1.0 cannot hold; Excel refuses a file with any of it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_EDGE = Side(style="thin", color="FFB8C2CC")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEADER_FILL = PatternFill("solid", start_color="FFE6EEF7")


@dataclass(frozen=True, slots=True)
class OutColumn:
    """One column of a written list; width in characters; kind sets the cell format (text by default)."""

    title: str
    width: int = 14
    kind: Kind = Kind.TEXT


Sheet = tuple[str, Sequence[OutColumn], Iterable[Sequence[Value]]]  # title, columns, rows


def write_xlsx(columns: Sequence[OutColumn], rows: Iterable[Sequence[Value]], *, title: str) -> bytes:
    """One sheet named after the title: header in row 1 (frozen, with filter), then one row each.

    Texts are text cells whatever they begin with; integers of 16 and more digits become text, so that none is
    lost.
    """
    return write_sheets([(title, columns, rows)])


def write_sheets(sheets: Iterable[Sheet]) -> bytes:
    """Several such sheets in one workbook."""
    book = Workbook(write_only=True)
    for title, columns, rows in sheets:
        write_sheet(book, title, columns, rows)
    return saved(book)


def write_sheet(book: Workbook, title: str, columns: Sequence[OutColumn], rows: Iterable[Sequence[Value]]) -> None:
    """Such a sheet behind those that the workbook (write-only) has."""
    page = book.create_sheet(sheet_name(title))
    page.freeze_panes = "A2"
    set_widths(page, columns)
    count = 1
    with ExitStack() as stack:
        stack.callback(page.close)  # a row that cannot be written must not leave an open sheet behind
        page.append([header_cell(page, column.title) for column in columns])
        for row in rows:
            cells = zip(columns, row, strict=True)
            page.append([value_cell(page, value, column.kind) for column, value in cells])
            count += 1
        stack.pop_all()
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\."""
    return _SHEET_FORBIDDEN.sub(" ", writable(title)).strip()[:31] or "Sheet1"


def writable(text: str) -> str:
    """Text as a workbook can hold it: characters that XML forbids become �, at most 32,767 characters."""
    return _FORBIDDEN.sub("\ufffd", text)[:_LONGEST]


def set_widths(page: Any, columns: Sequence[OutColumn]) -> None:
    for number, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width


def header_cell(page: Any, title: str) -> Any:
    cell = text_cell(page, title)
    cell.font = Font(bold=True)
    cell.fill = _HEADER_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _BOX
    return cell


def text_cell(page: Any, text: str) -> Any:
    """A cell that is text by its type and format, so that neither opening nor editing it makes a formula of
    it.
    """
    cell: Any = WriteOnlyCell(page, value=None)
    # Setting the value first would let the library take "=…" for a formula.
    cell._value = _ESCAPE_LIKE.sub("_x005F_", writable(text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def value_cell(page: Any, value: Value, kind: Kind) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return text_cell(page, value) if value else None
    if not isinstance(value, date) and not -EXACT_DIGITS < value < EXACT_DIGITS:
        return text_cell(page, str(value))
    amount: Any = value
    cell = WriteOnlyCell(page, value=amount)
    cell.number_format = _format_of(value, kind)
    return cell


def _format_of(value: int | Decimal | date, kind: Kind) -> str:
    if isinstance(value, date):
        return _NUMBER_FORMATS[Kind.DATE]
    return _NUMBER_FORMATS.get(kind, "General")
