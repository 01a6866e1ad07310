"""A workbook as guarded grids: values by row and column, and which cells are formulas."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from backend.spreadsheets import refusals
from backend.spreadsheets.guard import Limits, open_package, part_chunks
from backend.spreadsheets.scan import Scan, column_letters, scan_sheet

__all__ = ["Grid", "Limits", "Raw", "Workbook", "open_workbook"]

Raw = str | int | float | bool | date | datetime | time | timedelta
_SHEET_ROWS = 1_048_576  # rows of an Excel sheet
_WORKBOOK = "/officeDocument"
_REFERENCE = "}id"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. Rows and columns count from 1, as the sheet shows them; a blank cell is ""."""

    name: str
    rows: list[list[Raw]]
    formulas: dict[str, str]
    broken: set[str]

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


class Workbook:
    """An opened workbook whose sheets are read when asked for."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._package = open_package(content, limits)
        self.sheets = list(_places(self._package))
        try:
            self._values = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except (CalamineError, OSError, ValueError) as error:
            raise refusals.broken_xml() from error

    def scan(self, place: SheetPlace) -> Scan:
        """Formulas of a sheet; refuses a sheet whose values or merged ranges reach too far to be loaded."""
        scan = scan_sheet(self._package, place.part, self._limits)
        depth = max(scan.last_row, scan.last_formula_row)
        cells = max(scan.last_row * scan.last_column, scan.values, scan.merged)
        if cells > self._limits.max_cells or depth > _SHEET_ROWS:
            raise refusals.too_wide(place.name, f"{column_letters(scan.last_column)}{depth}")
        return scan

    def grid(self, place: SheetPlace) -> Grid:
        scan = self.scan(place)
        try:
            sheet = self._values.get_sheet_by_name(place.name)
            rows = sheet.to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError) as error:
            raise refusals.broken_xml() from error
        # Rows in which no formula has a stored result are not among the values, but they are there.
        rows.extend([[]] * (scan.last_formula_row - len(rows)))
        return Grid(place.name, rows, scan.formulas, scan.broken)


def open_workbook(content: bytes, limits: Limits | None = None) -> Workbook:
    """Raises SheetRefused, before anything is parsed, for what is no honest .xlsx."""
    return Workbook(content, limits or Limits())


def _places(package: zipfile.ZipFile) -> Iterator[SheetPlace]:
    """Sheets in workbook order with the part that holds each; chart sheets have none and are left out."""
    book = next((part for kind, part in _links(package, "").values() if kind.endswith(_WORKBOOK)), None)
    if book is None or book not in package.namelist() or not book.endswith(".xml"):
        raise refusals.not_xlsx()
    links = _links(package, book)
    for element in _tree(package, book).iter():
        if _local(element.tag) != "sheet":
            continue
        reference = next((value for key, value in element.attrib.items() if key.endswith(_REFERENCE)), "")
        kind, part = links.get(reference, ("", ""))
        if kind.endswith("/worksheet") and part in package.namelist():
            visible = element.get("state", "visible") == "visible"
            yield SheetPlace(element.get("name", ""), part, visible)


def _links(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relationships of a part: id → (type, part in the package)."""
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
