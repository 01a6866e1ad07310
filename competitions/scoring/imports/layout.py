"""Where things stand in a CIS workbook: the three tables on one sheet, found by their headers and not by
their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from backend.spreadsheets.cells import read_cell
from backend.spreadsheets.columns import Kind
from backend.spreadsheets.grid import Grid
from backend.spreadsheets.normal import normal_header
from backend.spreadsheets.scan import column_letters

# How the header of each column of a criterion's block begins, white space aside.
_BLOCK = {
    "code": "subcriterionid",
    "name": "subcriterionname",
    "day": "dayofmarking",
    "type": "aspecttype",
    "description": "aspect-description",
    "score": "judgscore",
    "extra": "extraaspectdescription",
    "requirement": "requirement",
    "section": "wsossection",
    "max": "maxmark",
}
_NEEDED = ("code", "type", "description", "score", "extra", "section", "max")
_CRITERION = re.compile(r"criterion([a-z]{1,2})$")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Table:
    """header row and the columns of a small table at the top of the sheet."""

    row: int
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """The block of one criterion: rows first..last; criterion is "" where its header names none."""

    criterion: str
    first: int
    last: int
    places: Mapping[str, int]


class Layout:
    """Typed access to one CIS sheet."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.blocks = tuple(_blocks(grid))

    @property
    def complete(self) -> bool:
        """Is this a CIS sheet at all?"""
        return bool(self.blocks) and self.sections_table() is not None and self.criteria_table() is not None

    def sections_table(self) -> Table | None:
        """Its name column and its marks column carry the same header, "WSOS Marks"."""
        for row, texts in _headers(self.grid):
            marks = [column for column, text in texts.items() if text == "wsosmarks"]
            if texts.get(1) == "section" and marks:
                return Table(row, {"number": 1, "name": 2, "marks": marks[-1]})
        return None

    def criteria_table(self) -> Table | None:
        for row, texts in _headers(self.grid):
            named = {text: column for column, text in texts.items()}
            if {"id", "name", "mark"} <= set(named):
                return Table(row, {"id": named["id"], "name": named["name"], "mark": named["mark"]})
        return None

    def rows_below(self, table: Table, key: str) -> Iterator[int]:
        """Rows of a small table: until its key column is empty."""
        row = table.row + 1
        while self.text(row, table.places[key]):
            yield row
            row += 1

    def text(self, row: int, column: int) -> str:
        """A cell as text, line breaks kept; 3.0 is "3"."""
        value = read_cell(self.grid.at(row, column), Kind.TEXT).value
        return "" if value is None else str(value)

    def number(self, row: int, column: int) -> Decimal | None:
        """A mark; None for anything that is no number, a formula without a stored result included."""
        raw = self.grid.at(row, column)
        if isinstance(raw, str) and not _NUMBER.fullmatch(raw.strip()):
            return None
        value = read_cell(raw, Kind.DECIMAL).value
        return value if isinstance(value, Decimal) else None

    def cell(self, row: int, column: int) -> str:
        return f"{column_letters(column)}{row}"

    def title(self) -> str:
        return self.text(1, 1)

    def total_cell(self) -> str:
        """Where the workbook shows the competition's total; the title where it shows none."""
        for row in range(len(self.grid.rows), 0, -1):
            for column, text in _texts(self.grid, row).items():
                if text == "competition":
                    return self.cell(row, column + 2)
        return "A1"


def _texts(grid: Grid, row: int) -> dict[int, str]:
    line = grid.rows[row - 1]
    return {
        column: text
        for column, value in enumerate(line, start=1)
        if isinstance(value, str) and (text := normal_header(value))
    }


def _headers(grid: Grid) -> Iterator[tuple[int, dict[int, str]]]:
    for row in range(1, len(grid.rows) + 1):
        yield row, _texts(grid, row)


def _block_places(texts: Mapping[int, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, text in texts.items():
        for key, beginning in _BLOCK.items():
            if key not in places and text.startswith(beginning):
                places[key] = column
    return places


def _blocks(grid: Grid) -> Iterator[Block]:
    starts = []
    for row, texts in _headers(grid):
        places = _block_places(texts)
        if all(key in places for key in _NEEDED):
            found = [match[1].upper() for text in texts.values() if (match := _CRITERION.fullmatch(text))]
            starts.append((row, found[0] if found else "", places))
    for index, (row, criterion, places) in enumerate(starts):
        last = starts[index + 1][0] - 1 if index + 1 < len(starts) else len(grid.rows)
        yield Block(criterion, row + 1, last, places)
