"""One streaming pass over a sheet's XML: which cells are formulas or errors, and how far the values reach.

The value reader shows neither; and it fills the whole rectangle between the first and the last value, so that
one value in the last cell of a sheet would take gigabytes. So this runs first.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from backend.spreadsheets import refusals
from backend.spreadsheets.guard import Limits, part_chunks

_FORMULA_HEAD = 24  # enough to tell a total from a look-up
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DIGITS = "0123456789"


@dataclass(slots=True)
class Scan:
    """formulas: coordinate → how the formula begins ("" where Excel shares it); broken: cells showing #N/A
    and the like.
    cuts: where the sheet may be parted, as bytes of its XML: at its first row, then at later ones, each at least
    a piece behind the last; none where rows or cells are not numbered in order. closing: what ends a piece.
    """

    formulas: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    cuts: list[int] = field(default_factory=list)
    closing: bytes = b""
    last_row: int = 0
    last_column: int = 0
    last_formula_row: int = 0
    values: int = 0
    merged: int = 0


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_sheet(package: zipfile.ZipFile, part: str, limits: Limits, piece: int) -> Scan:
    """piece: bytes between two cuts, at least. Raises SheetRefused when the XML is damaged or when there are more
    formulas than limits.max_formulas.
    """
    reading = _Reading(limits.max_formulas, piece)
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = reading.start
    parser.XmlDeclHandler = reading.declared
    reading.parser = parser
    try:
        for chunk in part_chunks(package, part):
            reading.orderly = reading.orderly and b"\0" not in chunk[:4]  # as in two-byte encodings
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise refusals.broken_xml() from error
    return reading.result()


class _Reading:
    """Called once per element of a sheet: for a hundred thousand rows about two million times, so it does
    little.
    """

    parser: Any

    def __init__(self, max_formulas: int, piece: int) -> None:
        self.max_formulas = max_formulas
        self.piece = piece
        self.scan = Scan()
        self.row = 0
        self.column = 0
        self.cell = ""
        self.kind = ""
        self.open = False  # inside <c>, whose children are <f>, <v>, <is>
        self.letters: set[str] = set()
        self.local: dict[str, str] = {}
        self.around: list[str] = []  # names of the elements in which the rows stand
        self.orderly = True

    def result(self) -> Scan:
        if self.orderly and len(self.around) == 2:
            self.scan.closing = "".join(f"</{name}>" for name in reversed(self.around)).encode()
        else:
            self.scan.cuts.clear()
        return self.scan

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            self.orderly = False

    def start(self, name: str, attributes: list[str]) -> None:
        local = self.local.get(name) or self.local.setdefault(name, name.rpartition(":")[2])
        if local == "c":
            self._cell(attributes)
        elif local == "v" or local == "is":
            if self.open:
                self._value()
        elif local == "f":
            if self.open:
                self._formula()
        elif local == "row":
            self._row(attributes)
        else:
            self._other(name, local, attributes)

    def _other(self, name: str, local: str, attributes: list[str]) -> None:
        self.open = False
        if local == "mergeCell":
            self._merge(attributes)
        elif local == "sheetData" or local == "worksheet":
            self.around.append(name)

    def _row(self, attributes: list[str]) -> None:
        named = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("r", "")
        row = int(named) if named.isdecimal() else 0
        self.orderly = self.orderly and row > self.row
        self.row = row or self.row + 1
        self.column = 0
        begins, cuts = self.parser.CurrentByteIndex, self.scan.cuts
        if not cuts or begins - cuts[-1] >= self.piece:
            cuts.append(begins)

    def _merge(self, attributes: list[str]) -> None:
        """Add up the cells under merged ranges: openpyxl makes an object of each."""
        match = _RANGE.fullmatch("".join(attributes[1::2]))
        if match is not None:
            left, top, right, bottom = match.groups()
            wide = column_number(right) - column_number(left) + 1
            self.scan.merged += abs(wide * (int(bottom) - int(top) + 1))

    def _cell(self, attributes: list[str]) -> None:
        self.open = True
        self.kind = ""
        named = ""
        for index in range(0, len(attributes), 2):
            if attributes[index] == "r":
                named = attributes[index + 1]
            elif attributes[index] == "t":
                self.kind = attributes[index + 1]
        if not named:  # some writers leave the coordinate out: cells then follow each other
            self.orderly = False
            self.column += 1
            named = f"{column_letters(self.column)}{self.row}"
        self.cell = named

    def _value(self) -> None:
        self.parser.CharacterDataHandler = None
        self.scan.values += 1
        letters = self.cell.rstrip(_DIGITS)
        if letters not in self.letters:
            self.letters.add(letters)
            self.scan.last_column = max(self.scan.last_column, column_number(letters))
        # The cell's own row counts, not its <row>: the value reader believes the cell.
        digits = self.cell[len(letters) :]
        row = int(digits) if digits.isdecimal() else 0
        self.orderly = self.orderly and row == self.row
        self.scan.last_row = max(self.scan.last_row, row)
        if self.kind == "e":
            self.scan.broken.add(self.cell)

    def _formula(self) -> None:
        if len(self.scan.formulas) >= self.max_formulas:
            raise refusals.too_many_formulas(self.max_formulas)
        self.scan.formulas[self.cell] = ""
        self.scan.last_formula_row = max(self.scan.last_formula_row, self.row)
        cell = self.cell

        def text(piece: str) -> None:
            known = self.scan.formulas[cell]
            if len(known) < _FORMULA_HEAD:
                self.scan.formulas[cell] = (known + piece)[:_FORMULA_HEAD]

        self.parser.CharacterDataHandler = text
