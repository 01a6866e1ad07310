"""A workbook behind its guard: the values of its sheets, line by line, and which cells are formulas."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import repeat
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from backend.spreadsheets import refusals
from backend.spreadsheets.guard import Limits, open_package, part_chunks
from backend.spreadsheets.pieces import small_workbooks
from backend.spreadsheets.scan import Scan, column_letters, scan_sheet

__all__ = ["Grid", "Limits", "Raw", "Sheet", "Workbook", "open_workbook"]

Raw = str | int | float | bool | date | datetime | time | timedelta
Links = dict[str, tuple[str, str]]  # relationships of a part: id → (type, part in the package)
_SHEET_ROWS = 1_048_576  # rows of an Excel sheet
_WORKBOOK = "/officeDocument"
_REFERENCE = "}id"
_READ_WITH = ("/sharedStrings", "/styles")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. Rows and columns count from 1, as the sheet shows them; a blank cell is ""."""

    name: str
    rows: list[list[Raw]]

    def at(self, row: int, column: int) -> Raw:
        line = self.rows[row - 1] if 0 < row <= len(self.rows) else []
        return line[column - 1] if 0 < column <= len(line) else ""

    @staticmethod
    def name_of(row: int, column: int) -> str:
        return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class SheetPlace:
    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is read from its first row on as often as it is asked for its lines, never held as a whole."""

    name: str
    formulas: dict[str, str]
    broken: set[str]
    lines: Callable[[], Iterator[list[Raw]]]


class Workbook:
    """An opened workbook whose sheets are read when asked for."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._package = open_package(content, limits)
        links = _book_links(self._package)
        self.sheets = list(_places(self._package, *links))
        self._shared = _shared_parts(self._package, *links)
        # What every piece takes along costs it time: a piece is never smaller than that.
        self._piece = max(limits.piece, sum(self._package.getinfo(part).file_size for part in self._shared))
        _loaded(self._content)

    def scan(self, place: SheetPlace) -> Scan:
        """Formulas of a sheet; refuses a sheet whose values or merged ranges reach too far to be loaded."""
        scan = scan_sheet(self._package, place.part, self._limits, self._piece)
        depth = max(scan.last_row, scan.last_formula_row)
        cells = max(scan.last_row * scan.last_column, scan.values, scan.merged)
        if cells > self._limits.max_cells or depth > _SHEET_ROWS:
            raise refusals.too_wide(place.name, f"{column_letters(scan.last_column)}{depth}")
        return scan

    def sheet(self, place: SheetPlace) -> Sheet:
        scan = self.scan(place)
        return Sheet(place.name, scan.formulas, scan.broken, lambda: self._lines(place, scan))

    def grid(self, place: SheetPlace) -> Grid:
        """A small sheet, to be read in any order."""
        return Grid(place.name, list(self.sheet(place).lines()))

    def _lines(self, place: SheetPlace, scan: Scan) -> Iterator[list[Raw]]:
        """Each row from the first on. Rows in which no formula has a stored result hold no value, but are there."""
        number = 0
        books: Iterable[bytes] = (
            [self._content] if len(scan.cuts) < 2 else small_workbooks(self._package, place.part, scan, self._shared)
        )
        for book in books:
            for row, line in _values(book, place.name):
                yield from repeat([], row - number - 1)
                yield line
                number = row
        yield from repeat([], scan.last_formula_row - number)


def _loaded(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise refusals.broken_xml() from error


def _values(content: bytes, name: str) -> Iterator[tuple[int, list[Raw]]]:
    """The rows of a sheet with their numbers, from the first that has a value to the last."""
    try:
        sheet = _loaded(content).get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        raise refusals.broken_xml() from error
    top, left = sheet.start or (0, 0)
    blank: list[Raw] = [""] * left
    for row, line in enumerate(sheet.to_python(), start=top + 1):
        yield row, blank + line


def open_workbook(content: bytes, limits: Limits | None = None) -> Workbook:
    """Raises SheetRefused, before anything is parsed, for what is no honest .xlsx."""
    return Workbook(content, limits or Limits())


def _book_links(package: zipfile.ZipFile) -> tuple[str, Links]:
    """The part that lists the sheets, and what it is linked with."""
    book = next((part for kind, part in _links(package, "").values() if kind.endswith(_WORKBOOK)), None)
    if book is None or book not in package.namelist() or not book.endswith(".xml"):
        raise refusals.not_xlsx()
    return book, _links(package, book)


def _places(package: zipfile.ZipFile, book: str, links: Links) -> Iterator[SheetPlace]:
    """Sheets in workbook order with the part that holds each; chart sheets have none and are left out."""
    for element in _tree(package, book).iter():
        if _local(element.tag) != "sheet":
            continue
        reference = next((value for key, value in element.attrib.items() if key.endswith(_REFERENCE)), "")
        kind, part = links.get(reference, ("", ""))
        if kind.endswith("/worksheet") and part in package.namelist():
            visible = element.get("state", "visible") == "visible"
            yield SheetPlace(element.get("name", ""), part, visible)


def _shared_parts(package: zipfile.ZipFile, book: str, links: Links) -> list[str]:
    """What the values of any sheet are read with: the list of sheets, the texts and the number formats."""
    folder, file = posixpath.split(book)
    needed = {"[Content_Types].xml", "_rels/.rels", book, posixpath.join(folder, "_rels", f"{file}.rels")}
    needed |= {part for kind, part in links.values() if kind.endswith(_READ_WITH)}
    return [part for part in package.namelist() if part in needed]


def _links(package: zipfile.ZipFile, part: str) -> Links:
    """Relationships of a part."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    if rels not in package.namelist():
        return {}
    found = {}
    for element in _tree(package, rels).iter():
        target = element.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = (element.get("Type", ""), path)
    return found


def _tree(package: zipfile.ZipFile, part: str) -> ElementTree.Element:
    # Safe here: open_package has refused every part with a DTD, so there are no entities to expand.
    try:
        return ElementTree.fromstring(b"".join(part_chunks(package, part)))
    except ElementTree.ParseError as error:
        raise refusals.broken_xml() from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
