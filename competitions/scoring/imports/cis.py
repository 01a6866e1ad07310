"""Reads the marking scheme workbook of the WorldSkills Competition Information System (CIS)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.grid import open_workbook
from backend.spreadsheets.normal import normal_code
from competitions.scoring.imports.checks import check_scheme, sorted_by_place
from competitions.scoring.imports.layout import Block, Layout
from competitions.scoring.imports.scheme import (
    JUDGEMENT,
    LEVELS,
    MEASUREMENT,
    Aspect,
    Criterion,
    Problem,
    Scheme,
    Section,
    SubCriterion,
)


def read_cis_scheme(content: bytes, name: str = "") -> tuple[Scheme | None, list[Problem]]:
    """The scheme that could be read and everything to mend in it, in the order of the sheet.

    name: of the file, unused beyond the caller's own records. The scheme is None only when the file is no CIS
    workbook. Totals are computed from the aspects; the workbook's own formulas are never trusted.
    """
    try:
        layout = _find_layout(content)
    except SheetRefused as refusal:
        return None, [Problem("", refusal.code, str(refusal))]
    if layout is None:
        return None, [Problem("A1", "NOT_CIS", _not_cis())]
    reading = _Reading(layout)
    scheme = reading.scheme()
    return scheme, sorted_by_place([*reading.problems, *check_scheme(scheme)])


def _not_cis() -> str:
    return _(
        "This workbook has not the layout of a CIS marking scheme: the tables “Section / WSOS "
        "Marks”, “ID / Name / Mark” and "
        "the rows “Sub Criterion ID … Max Mark” were not found. Export the scheme from CIS again."
    )


def _find_layout(content: bytes) -> Layout | None:
    book = open_workbook(content)
    layouts = (Layout(book.grid(place)) for place in book.sheets)
    return next((layout for layout in layouts if layout.complete), None)


@dataclass(slots=True)
class _Open:
    """A sub-criterion while its rows are being read; at is its cell."""

    code: str
    name: str
    day: str
    at: str
    aspects: list[Aspect] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    """An aspect line with the judgement levels that follow it: (score, text, cell of the score)."""

    row: int
    type: str
    description: str
    extra: str
    levels: list[tuple[str, str, str]] = field(default_factory=list)


class _Reading:
    """One pass down the sheet; `problems` gathers what is wrong with single cells."""

    def __init__(self, layout: Layout) -> None:
        self._at = layout
        self.problems: list[Problem] = []

    def scheme(self) -> Scheme:
        sections = tuple(self._sections())
        criteria = tuple(self._criteria())
        subs = tuple(sub for block in self._at.blocks for sub in self._block(block, {s.number for s in sections}))
        return Scheme(self._at.title(), sections, criteria, subs, self._at.total_cell())

    def _sections(self) -> Iterator[Section]:
        table = self._at.sections_table()
        assert table is not None
        for row in self._at.rows_below(table, "number"):
            marks = self._at.number(row, table.places["marks"])
            cell = self._at.cell(row, table.places["marks"])
            if marks is None:
                self._wrong(cell, "SECTION_MARKS", _("The marks of this section are no number. Type the number."))
            name = self._at.text(row, table.places["name"])
            yield Section(self._at.text(row, table.places["number"]), name, marks, cell)

    def _criteria(self) -> Iterator[Criterion]:
        table = self._at.criteria_table()
        assert table is not None
        for row in self._at.rows_below(table, "id"):
            letter = self._at.text(row, table.places["id"]).upper()
            mark = self._at.number(row, table.places["mark"])
            cell = self._at.cell(row, table.places["mark"])
            if mark is None and self._at.text(row, table.places["mark"]):
                self._wrong(cell, "CRITERION_MARK", _("The mark of this criterion is no number. Type the number."))
            yield Criterion(letter, self._at.text(row, table.places["name"]), mark, cell)

    def _block(self, block: Block, sections: set[str]) -> Iterator[SubCriterion]:
        """Rows of one block: a sub-criterion's line, its aspects, and under a judgement its four levels."""
        current: _Open | None = None
        line: _Line | None = None
        for row in range(block.first, block.last + 1):
            code = self._get(block, row, "code")
            if code:
                self._close_line(block, current, line, sections)
                yield from self._close(current, block)
                current, line = self._open(block, row, code), None
            if self._is_aspect(block, row):
                self._close_line(block, current, line, sections)
                line = self._line(block, row)
            elif not code and line is not None:
                self._level(block, row, line)
        self._close_line(block, current, line, sections)
        yield from self._close(current, block)

    def _get(self, block: Block, row: int, key: str) -> str:
        return self._at.text(row, block.places[key]) if key in block.places else ""

    def _cell(self, block: Block, row: int, key: str) -> str:
        return self._at.cell(row, block.places[key])

    def _wrong(self, cell: str, code: str, message: str) -> None:
        self.problems.append(Problem(cell, code, message))

    def _is_aspect(self, block: Block, row: int) -> bool:
        marked = any(self._get(block, row, key) for key in ("type", "description", "section", "max"))
        return marked and not self._get(block, row, "score")

    def _open(self, block: Block, row: int, code: str) -> _Open:
        tidy = normal_code(code).value.upper()
        at = self._cell(block, row, "code")
        return _Open(tidy, self._get(block, row, "name"), self._get(block, row, "day"), at)

    def _close(self, current: _Open | None, block: Block) -> Iterator[SubCriterion]:
        if current is not None:
            letter = current.code.rstrip("0123456789.") or block.criterion
            yield SubCriterion(current.code, current.name, current.day, letter, tuple(current.aspects), current.at)

    def _line(self, block: Block, row: int) -> _Line:
        kind = normal_code(self._get(block, row, "type")).value.upper()
        known = kind if kind in (MEASUREMENT, JUDGEMENT) else ""
        if not known:
            text = _("This aspect has no type. Write M (measurement) or J (judgement).")
            self._wrong(self._cell(block, row, "type"), "ASPECT_TYPE", text)
        return _Line(row, known, self._get(block, row, "description"), self._get(block, row, "extra"))

    def _level(self, block: Block, row: int, line: _Line) -> None:
        score, text = self._get(block, row, "score"), self._get(block, row, "extra")
        if score:
            line.levels.append((score, text, self._cell(block, row, "score")))
        elif text:  # the description goes on in the next row
            line.extra = f"{line.extra}\n{text}".strip()

    def _close_line(self, block: Block, current: _Open | None, line: _Line | None, sections: set[str]) -> None:
        if line is None:
            return
        if current is None:
            text = _("This aspect belongs to no sub-criterion. Put a row with the sub-criterion's ID above it.")
            self._wrong(self._cell(block, line.row, "description"), "ASPECT_OUTSIDE", text)
            return
        current.aspects.append(
            Aspect(
                code=f"{current.code}.{len(current.aspects) + 1}",
                type=line.type,
                description=line.description,
                extra=line.extra,
                requirement=self._get(block, line.row, "requirement"),
                section=self._section(block, line.row, sections),
                max=self._max(block, line.row),
                levels=self._levels(block, line),
                row=line.row,
            )
        )

    def _section(self, block: Block, row: int, sections: set[str]) -> str:
        section = normal_code(self._get(block, row, "section")).value
        if section not in sections:
            text = _("This aspect names no section of the standard. Use one of: %(sections)s.")
            cell = self._cell(block, row, "section")
            self._wrong(cell, "ASPECT_SECTION", text % {"sections": _(", ").join(sorted(sections))})
        return section

    def _max(self, block: Block, row: int) -> Decimal | None:
        value = self._at.number(row, block.places["max"])
        exponent = value.as_tuple().exponent if value is not None else 0
        if value is None or value <= 0 or not isinstance(exponent, int) or exponent < -2:
            text = _("The maximum mark must be a number above 0 with at most two decimals.")
            self._wrong(self._cell(block, row, "max"), "ASPECT_MAX", text)
        return value

    def _levels(self, block: Block, line: _Line) -> tuple[str, ...]:
        if line.type != JUDGEMENT:
            self._refuse_levels(line)
            return ()
        texts = _first_of_each(line.levels)
        wanted = _("A judgement needs exactly the levels 0, 1, 2 and 3 below it, each once.")
        for index, (score, _text, cell) in enumerate(line.levels):
            if score not in LEVELS or score in [other for other, _t, _c in line.levels[:index]]:
                self._wrong(cell, "JUDGEMENT_LEVELS", wanted)
        missing = [level for level in LEVELS if level not in texts]
        if missing:
            text = _("Missing: %(levels)s.") % {"levels": _(", ").join(missing)}
            self._wrong(self._cell(block, line.row, "type"), "JUDGEMENT_LEVELS", f"{wanted} {text}")
            return ()
        return tuple(texts[level] for level in LEVELS)

    def _refuse_levels(self, line: _Line) -> None:
        if line.type == MEASUREMENT and line.levels:
            text = _("A measurement has no judgement levels. Delete them or change the type to J.")
            self._wrong(line.levels[0][2], "LEVELS_OF_MEASUREMENT", text)


def _first_of_each(levels: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for score, text, _cell in levels:
        texts.setdefault(score, text)
    return texts
