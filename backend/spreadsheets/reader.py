"""From a school's workbook to typed rows: chooses the sheet, finds the header, reads each row, charges errors
by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from backend.spreadsheets import messages, refusals
from backend.spreadsheets.cells import MAX_TEXT, read_cell
from backend.spreadsheets.columns import CellError, Column, Fix, Kind, Row, SheetRows, SkippedRow, Value, Values
from backend.spreadsheets.grid import Limits, Raw, Sheet, Workbook, open_workbook
from backend.spreadsheets.headers import HEADER_DEPTH, Header, find_header
from backend.spreadsheets.rows import BLANK, DATA, RowSorter

REPEATED = (Kind.TEXT, Kind.NAME, Kind.CODE)  # kinds whose values many rows share; numbers of people are their own
_EXAMPLE = re.compile(r"示例|样例|样表|范例|填表说明|可选值|选项|example|sample|choices", re.IGNORECASE)


class OpenSheet:
    """The sheet that holds the declared columns, found and not yet read.

    letters: of the columns found, by key; others: names of sheets with the same headers that are not read; skipped:
    fills while the rows are read.
    """

    def __init__(self, sheet: Sheet, header: Header, columns: Sequence[Column], others: tuple[str, ...]) -> None:
        self.name, self.header_row, self.others = sheet.name, header.row, others
        self.letters = header.letters()
        self.skipped: list[SkippedRow] = []
        self._sheet, self._header, self._columns = sheet, header, columns

    def rows(self, limits: Limits) -> Iterator[Row]:
        """Each data row, read as it is asked for: none is held here. Raises SheetRefused: none at all, or too many."""
        sorter = RowSorter(self._sheet, self._header, self._columns)
        row_reader = _RowReader(self._sheet, self._header, self._columns)
        self.skipped.clear()
        read = 0
        for number, line in enumerate(self._sheet.lines(), start=1):
            if number <= self.header_row:
                continue
            sort = sorter.sort(number, line)
            if sort == DATA:
                read += 1
                yield row_reader.read(number, line)
            elif sort != BLANK or any(value != "" for value in line):
                self.skipped.append(SkippedRow(number, sort))
            if read > limits.max_rows:
                raise refusals.too_many_rows(limits.max_rows)
        if not read:
            raise refusals.no_rows(self.name, self.header_row)


def open_sheet(content: bytes, columns: Sequence[Column], limits: Limits | None = None) -> OpenSheet:
    """Find the sheet that holds the declared columns. Raises SheetRefused when there is no list to read at all."""
    sheet, header, others = _choose(open_workbook(content, limits), columns)
    header.refuse_twins()
    return OpenSheet(sheet, header, columns, others)


def read_sheet(
    content: bytes, columns: Sequence[Column], *, filename: str = "", limits: Limits | None = None
) -> SheetRows:
    """Read the sheet that holds the declared columns, all of it at once.

    filename is only for the caller's own records: what a file is, its content says.
    Wrong cells come back as errors beside every other row; SheetRefused only when there is no list to read at
    all.
    """
    sheet = open_sheet(content, columns, limits)
    rows = list(sheet.rows(limits or Limits()))
    return SheetRows(sheet.name, sheet.header_row, rows, sheet.skipped, sheet.others)


def _choose(book: Workbook, columns: Sequence[Column]) -> tuple[Sheet, Header, tuple[str, ...]]:
    """Visible sheets that are no examples come first, then the order of the workbook."""
    ranked = sorted(book.sheets, key=lambda sheet: (bool(_EXAMPLE.search(sheet.name)), not sheet.visible))
    chosen: tuple[Sheet, Header] | None = None
    nearest: Header | None = None
    others = []
    for place in ranked:
        sheet = book.sheet(place)
        header = find_header(sheet, columns)
        if header is None:
            continue
        if not header.complete:
            nearest = nearest or header
        elif chosen is None:
            chosen = sheet, header
        elif place.visible and not _EXAMPLE.search(place.name):
            others.append(place.name)
    if chosen is None:
        raise _not_found(book, columns, nearest)
    return (*chosen, tuple(others))


def _not_found(book: Workbook, columns: Sequence[Column], nearest: Header | None) -> Exception:
    sheets = [sheet.name for sheet in book.sheets]
    needed = [column.headers[0] for column in columns if column.required]
    if nearest is None:
        return refusals.headers_missing(sheets, needed, row=0, sheet="", depth=HEADER_DEPTH)
    return refusals.headers_missing(sheets, nearest.missing, row=nearest.row, sheet=nearest.sheet, depth=HEADER_DEPTH)


class _RowReader:
    """Reads the rows below one header; letters and the list of columns are shared by all of them."""

    def __init__(self, sheet: Sheet, header: Header, columns: Sequence[Column]) -> None:
        self._sheet = sheet
        self._letters = header.letters()
        self._titles = header.titles
        self._places = {column.key: n for n, column in enumerate(columns)}
        self._columns = [(column, header.places[column.key] - 1) for column in columns if column.key in header.places]
        self._said: dict[str, str] = {}  # a school's or a major's name is held once, however many rows write it

    def read(self, number: int, line: Sequence[Raw]) -> Row:
        values: list[Value] = [None] * len(self._places)
        errors: list[CellError] = []
        fixes: list[Fix] = []
        for column, index in self._columns:
            cell = f"{self._letters[column.key]}{number}"
            raw = line[index] if index < len(line) else ""
            code = self._cannot_read(cell)
            if not code:
                reading = read_cell(raw, column.kind)
                values[self._places[column.key]] = self._once(column, reading.value)
                code = reading.error or ("BLANK" if column.filled and reading.value is None else "")
                if reading.fix:
                    fixes.append(Fix(cell, reading.fix))
            if code:
                text = messages.error_text(code, column=self._titles[column.key], limit=MAX_TEXT)
                errors.append(CellError(cell, code, text))
        return Row(number, Values(self._places, tuple(values)), self._letters, tuple(errors), tuple(fixes))

    def _once(self, column: Column, value: Value) -> Value:
        return self._said.setdefault(value, value) if isinstance(value, str) and column.kind in REPEATED else value

    def _cannot_read(self, cell: str) -> str:
        if cell in self._sheet.formulas:
            return "FORMULA_CELL"
        return "ERROR_CELL" if cell in self._sheet.broken else ""
