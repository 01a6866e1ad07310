"""What a check says of a workbook: its rows in plain values, each with what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.spreadsheets.columns import Fix
from competitions.registration.imports import ReadRow
from competitions.registration.services.judging import Place
from competitions.registration.services.packing import Pack


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one cell; proposal: the recorded school that was probably meant."""

    cell: str
    code: str
    message: str
    proposal: str = ""
    params: Mapping[str, str] | None = None  # with them the message can be said again in another language
    other_row: int = 0


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row and what became of it, in plain values.

    school: its key; place: the team it names for certain; kind, changes: as in ImportRow; lost: how many rows its team
    lacks; team: what the team is about, whichever of its rows says so, a refused one too.
    """

    read: ReadRow
    school: int | None
    place: Place | None
    kind: str
    changes: tuple[str, ...]
    problems: tuple[Problem, ...]
    lost: int
    team: Mapping[str, str]

    @property
    def number(self) -> int:
        return self.read.row.number

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def fixes(self) -> Sequence[Fix]:
        return self.read.fixes


@dataclass(frozen=True, slots=True)
class CheckReport:
    """sheet: its name; letters: of its columns, by key; rows: by school, each school's in the order of the sheet.

    counts: how many rows are read, refused, fixed, change something, or are known already.
    """

    sheet: str
    letters: Mapping[str, str]
    rows: Pack[CheckedRow] = field(default_factory=Pack)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: CheckedRow) -> None:
        self.rows.add(row)
        self.counts["read"] += 1
        self.counts["refused"] += not row.ok
        self.counts["fixed"] += bool(row.fixes)
        self.counts["changed"] += row.ok and row.kind == "change"
        self.counts["known"] += row.ok and row.kind == "known"
