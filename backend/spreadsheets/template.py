"""Empty forms that schools fill in: text columns, drop-down lists, notes above the header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from backend.spreadsheets.columns import Kind, Value
from backend.spreadsheets.writer import (
    OutColumn,
    Sheet,
    header_cell,
    saved,
    set_widths,
    sheet_name,
    text_cell,
    value_cell,
    writable,
    write_sheet,
)

_HEADER_ROW = 3
_FREE = Protection(locked=False)
_FORMATS = {Kind.INTEGER: "0", Kind.DECIMAL: "0.00", Kind.DATE: "yyyy-mm-dd"}


def write_template(
    columns: Sequence[OutColumn],
    *,
    title: str,
    notes: str = "",
    lists: Mapping[str, Sequence[str]] | None = None,
    rows: int = 500,
    example: Sequence[Sequence[Value]] = (),
    filled: Sequence[Sequence[Value]] = (),
    prefill: Sequence[Value] = (),
    offers: Mapping[str, Sequence[str]] | None = None,
    aside: Sequence[Sheet] = (),
) -> bytes:
    """Title in row 1, notes in row 2, header in row 3, all locked; then the filled rows and `rows` empty ones as text.

    lists: column title → allowed values, offered as a drop-down from a second sheet (so that their length
    does not matter).
    example: rows shown on a sheet of their own, which the reader passes over. filled: what stands already; prefill:
    what each empty row begins with, one value or None per column. offers: as lists, but another value may be typed.
    aside: further sheets, to copy from.
    """
    lists, offers = lists or {}, {title: values for title, values in (offers or {}).items() if values}
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet_name(title))
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    set_widths(page, columns)
    _lock(page)
    _add_lists(page, columns, lists, offers, rows + len(filled))
    page.append([_heading(page, title, size=16)])
    page.append([_heading(page, notes, size=10)])
    page.append([header_cell(page, column.title) for column in columns])
    begin = prefill or [None] * len(columns)
    for values in [*filled, *([begin] * rows)]:
        page.append([_open_cell(page, value, column.kind) for value, column in zip(values, columns, strict=True)])
    if example:
        _add_example(book, columns, example)
    for name, its_columns, its_rows in aside:
        write_sheet(book, name, its_columns, its_rows)
    _add_choices(book, {**lists, **offers})
    return saved(book)


def _heading(page: Any, text: str, *, size: int) -> Any:
    cell = text_cell(page, text)
    cell.font = Font(bold=size > 12, size=size)
    cell.alignment = Alignment(vertical="center")
    return cell


def _lock(page: Any) -> None:
    """Title and header cannot be typed over by mistake; no password, and rows and widths stay free."""
    page.protection.sheet = True
    for free in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(page.protection, free, False)


def _open_cell(page: Any, value: Value, kind: Kind) -> Any:
    cell = _empty(page, kind) if value in (None, "") else value_cell(page, value, kind)
    cell.protection = _FREE
    return cell


def _empty(page: Any, kind: Kind) -> Any:
    cell = text_cell(page, "")
    cell._value, cell.data_type = None, "n"
    cell.number_format = _FORMATS.get(kind, "@")
    return cell


def _choices_name() -> str:
    return _("Choices")


def _add_lists(
    page: Any, columns: Sequence[OutColumn], lists: Mapping[str, Sequence[str]], offers: Mapping[str, Any], rows: int
) -> None:
    titles = [column.title for column in columns]
    for number, (title, values) in enumerate({**lists, **offers}.items(), start=1):
        letters, source = get_column_letter(titles.index(title) + 1), get_column_letter(number)
        choices = f"{quote_sheetname(_choices_name())}!${source}$2:${source}${len(values) + 1}"
        rule = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=title in lists)
        rule.error = writable(_("Choose one of the values in the list."))
        rule.add(f"{letters}{_HEADER_ROW + 1}:{letters}{_HEADER_ROW + rows}")
        page.data_validations.append(rule)


def _add_example(book: Workbook, columns: Sequence[OutColumn], example: Sequence[Sequence[Value]]) -> None:
    page = book.create_sheet(_("Example"))
    set_widths(page, columns)
    page.append([header_cell(page, column.title) for column in columns])
    for row in example:
        page.append([value_cell(page, value, column.kind) for column, value in zip(columns, row, strict=True)])


def _add_choices(book: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
    if not lists:
        return
    page = book.create_sheet(_choices_name())
    page.append([header_cell(page, title) for title in lists])
    for index in range(max(len(values) for values in lists.values())):
        page.append([text_cell(page, values[index]) if index < len(values) else None for values in lists.values()])
