"""Where does the list begin? Finds the header row and the column of each declared key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from backend.spreadsheets import refusals
from backend.spreadsheets.columns import Column
from backend.spreadsheets.grid import Raw, Sheet
from backend.spreadsheets.normal import normal_header, normal_name
from backend.spreadsheets.scan import column_letters

HEADER_DEPTH = 30
_REMARK = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Header:
    """row: of the sheet, from 1; places: key → column number, only of the columns found; titles: key → as
    written.
    """

    sheet: str
    row: int
    places: Mapping[str, int]
    titles: Mapping[str, str]
    missing: tuple[str, ...]
    twice: Mapping[str, tuple[int, ...]]

    @property
    def complete(self) -> bool:
        return not self.missing

    def letters(self) -> dict[str, str]:
        return {key: column_letters(number) for key, number in self.places.items()}

    def refuse_twins(self) -> None:
        """Two columns for one key: which holds the truth is not for us to guess."""
        for key, numbers in self.twice.items():
            cells = [f"{column_letters(number)}{self.row}" for number in numbers]
            raise refusals.header_twice(self.sheet, self.titles[key], cells)


def find_header(sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    """The row among the first thirty that holds most of the declared columns; None when no row holds two (or
    all).
    """
    enough = min(2, len(columns))
    best: Header | None = None
    top = list(islice(sheet.lines(), HEADER_DEPTH))
    for number, line in chain(enumerate(top, start=1), _double_lines(top)):
        header = _match(sheet.name, number, line, columns)
        if len(header.places) >= enough and (best is None or _rank(header) > _rank(best)):
            best = header
    return best


def _double_lines(top: Sequence[Sequence[Raw]]) -> Iterator[tuple[int, Sequence[Raw]]]:
    """Headers of two rows: a title over several columns above, single columns merged downwards. The lower row
    wins.
    """
    for number, line in enumerate(top, start=1):
        above = top[number - 2] if number > 1 else []
        yield number, [lower or upper for lower, upper in zip_longest(line, above, fillvalue="")]


def _rank(header: Header) -> tuple[int, int]:
    return -len(header.missing), len(header.places)


def _match(sheet: str, row: int, line: Sequence[Raw], columns: Sequence[Column]) -> Header:
    written = {
        number: text
        for number, value in enumerate(line, start=1)
        if isinstance(value, str) and (text := normal_header(value))
    }
    places: dict[str, int] = {}
    twice: dict[str, tuple[int, ...]] = {}
    for column in columns:
        found = _columns_named(written, column, taken=set(places.values()))
        if found:
            places[column.key] = found[0]
        if len(found) > 1:
            twice[column.key] = tuple(found)
    titles = {key: normal_name(str(line[number - 1])).value for key, number in places.items()}
    missing = tuple(column.headers[0] for column in columns if column.required and column.key not in places)
    return Header(sheet, row, places, titles, missing, twice)


def _columns_named(written: Mapping[int, str], column: Column, *, taken: set[int]) -> list[int]:
    """Columns whose header is one of the aliases; a remark in brackets only counts where nothing matches
    exactly.
    """
    aliases = {normal_header(alias) for alias in column.headers}
    free = {number: text for number, text in written.items() if number not in taken}
    exact = [number for number, text in free.items() if text in aliases]
    return exact or [number for number, text in free.items() if _REMARK.sub("", text) in aliases]
