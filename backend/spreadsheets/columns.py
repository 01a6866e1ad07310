"""What a caller declares (columns) and what he gets back (rows, errors and tidied cells)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backend.spreadsheets import messages

Value = str | int | Decimal | date | None


class Kind(StrEnum):
    """How a cell is understood; see `cells.py` for what each takes and refuses."""

    TEXT = "text"
    NAME = "name"
    CODE = "code"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column.

    headers: aliases, whitespace and full-width forms do not matter, nor a remark in brackets behind the
    alias.
    required: without this column the sheet is refused. filled: every data row needs a value here.
    prefilled: a value here alone does not make a data row (serial numbers, event names dragged down).
    """

    key: str
    headers: tuple[str, ...]
    required: bool = False
    filled: bool = False
    kind: Kind = Kind.TEXT
    prefilled: bool = False


@dataclass(frozen=True, slots=True)
class CellError:
    """One thing wrong in one cell (A1 coordinate). The message never repeats the cell's content."""

    cell: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A cell that was dirty but meant something certain, and was taken tidied."""

    cell: str
    code: str

    @property
    def message(self) -> str:
        return messages.fix_text(self.code)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no data; reason: footer, header (repeated) or blank (only prefilled cells)."""

    row: int
    reason: str


class Values(Mapping[str, Value]):
    """What a row says, under keys that all rows of its sheet share: thousands of rows are held at once."""

    __slots__ = ("_line", "_places")

    def __init__(self, places: Mapping[str, int], line: tuple[Value, ...]) -> None:
        self._places, self._line = places, line

    def __getitem__(self, key: str) -> Value:
        return self._line[self._places[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Row:
    """One data row; `values` has every declared key, None where blank, absent or wrong."""

    number: int
    values: Mapping[str, Value]
    letters: Mapping[str, str] = field(repr=False)
    errors: tuple[CellError, ...] = ()
    fixes: tuple[Fix, ...] = ()

    def text(self, key: str) -> str:
        value = self.values[key]
        return "" if value is None else str(value)

    def integer(self, key: str) -> int | None:
        value = self.values[key]
        return value if isinstance(value, int) else None

    def cell(self, key: str) -> str:
        """Coordinate of a column's cell; where the sheet lacks the column, the row's first known cell."""
        letters = self.letters.get(key) or next(iter(self.letters.values()), "A")
        return f"{letters}{self.number}"

    def error(self, key: str, code: str, message: object) -> CellError:
        return CellError(self.cell(key), code, str(message))

    def broken(self, key: str) -> bool:
        """Does this cell already have an error (so that a rule need not judge it again)?"""
        at = self.cell(key)
        return any(error.cell == at for error in self.errors)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """Everything read from the chosen sheet; `others` names sheets with the same headers that were not
    read.
    """

    name: str
    header_row: int
    rows: list[Row]
    skipped: list[SkippedRow]
    others: tuple[str, ...] = ()

    @property
    def errors(self) -> list[CellError]:
        return [error for row in self.rows for error in row.errors]

    @property
    def fixes(self) -> list[Fix]:
        return [fix for row in self.rows for fix in row.fixes]
