"""The rows of a workbook on their way to be judged: read once, packed by the school they name, given out in parts.

What is said within a school (its teams, its quota) is judged within one part; people whom several parts name are told
apart while reading, so that they can be judged over the whole list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from backend.people.models import Organisation
from backend.spreadsheets.columns import Row
from competitions.contests.models import Event
from competitions.registration.imports import ReadRow, read_row
from competitions.registration.services.judging import Redirects, person_of_member
from competitions.registration.services.packing import Pack

AT_ONCE = 500  # rows of a part, about: a school is never parted
OPEN = 1_000  # rows that wait to be packed


class Listed:
    """Everything a list says. piles: its rows by the school as written; apart: people whom several of them name."""

    def __init__(self, redirects: Redirects) -> None:
        self.piles: dict[str, Pack[ReadRow]] = defaultdict(Pack)
        self.apart: set[str] = set()
        self._redirects = redirects
        self._first: dict[int, str] = {}  # fingerprint of a person → the school that named them first

    def read(self, rows: Iterable[Row], event: Event) -> None:
        for read, row in enumerate(rows, start=1):
            self._add(read_row(row, event_code=event.code, division=event.division))
            if read % OPEN == 0:
                for pile in self.piles.values():
                    pile.close()
        self._first.clear()

    def _add(self, read: ReadRow) -> None:
        self.piles[read.school].add(read)
        person = person_of(read, self._redirects)
        # A fingerprint is a fraction of the key; two people with the same one are only looked at more closely.
        if person and self._first.setdefault(hash(person), read.school) != read.school:
            self.apart.add(person)

    def parts(self, schools: Mapping[str, Organisation]) -> Iterator[list[ReadRow]]:
        """About AT_ONCE rows each, in the order of the sheet; all rows of a school are in one part. Given out once."""
        some: list[ReadRow] = []
        for names in _together(self.piles, schools):
            some += chain.from_iterable(self.piles.pop(name) for name in names)
            if len(some) >= AT_ONCE:
                yield _in_order(some)
                some = []
        if some:
            yield _in_order(some)

    def rows_apart(self) -> list[ReadRow]:
        """The rows of the people whom several schools name, in the order of the sheet."""
        if not self.apart:
            return []
        rows = chain.from_iterable(self.piles.values())
        return _in_order([read for read in rows if person_of(read, self._redirects) in self.apart])


def person_of(read: ReadRow, redirects: Redirects) -> str:
    """Who a row names, "" where its number cannot be read."""
    return "" if read.row.broken("id_number") else person_of_member(read.member, redirects)


def _together(names: Collection[str], schools: Mapping[str, Organisation]) -> list[list[str]]:
    """Names that mean one school, each school where it is first named."""
    found: dict[object, list[str]] = defaultdict(list)
    for name in names:
        found[schools[name].pk if name in schools else name].append(name)
    return list(found.values())


def _in_order(rows: list[ReadRow]) -> list[ReadRow]:
    return sorted(rows, key=lambda read: read.row.number)
