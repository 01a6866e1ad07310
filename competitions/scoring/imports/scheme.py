"""A marking scheme as plain values: what the workbook says, with the cells it says it in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MEASUREMENT, JUDGEMENT = "M", "J"
LEVELS = ("0", "1", "2", "3")  # WorldSkills judgement: four descriptions, level 3 is full marks


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the occupational standard with the marks it should get; marks None where the cell is no
    number.
    """

    number: str
    name: str
    marks: Decimal | None
    cell: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A lettered criterion with its declared mark; None where nothing is declared (an unused letter)."""

    id: str
    name: str
    mark: Decimal | None
    cell: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """One line that is marked. code: numbered in order within its sub-criterion ("A1.3").

    type: "M", "J" or "" where it is missing; max: points, None where the cell is no number;
    levels: the descriptions of levels 0 to 3, only of a complete judgement.
    """

    code: str
    type: str
    description: str
    extra: str
    requirement: str
    section: str
    max: Decimal | None
    levels: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class SubCriterion:
    code: str
    name: str
    day: str
    criterion: str
    aspects: tuple[Aspect, ...]
    cell: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in the workbook; cell is "" only when the file as a whole could not be read."""

    cell: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """total_cell: where the workbook shows its total."""

    title: str
    sections: tuple[Section, ...]
    criteria: tuple[Criterion, ...]
    sub_criteria: tuple[SubCriterion, ...]
    total_cell: str = "A1"

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        return tuple(aspect for sub in self.sub_criteria for aspect in sub.aspects)

    @property
    def marks(self) -> Decimal:
        return marks_of(self.aspects)


def marks_of(aspects: tuple[Aspect, ...]) -> Decimal:
    """Sum of the maxima; what is no number counts nothing (it is a problem of its own)."""
    return sum((aspect.max for aspect in aspects if aspect.max is not None), Decimal(0))
