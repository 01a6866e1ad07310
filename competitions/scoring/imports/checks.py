"""Does a scheme add up? Every deviation at once, each with the cell to look at; and the figures of a scheme
as a report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from competitions.scoring.imports.scheme import (
    JUDGEMENT,
    MEASUREMENT,
    Criterion,
    Problem,
    Scheme,
    SubCriterion,
    marks_of,
)

CIS_TOTAL = Decimal(100)  # a CIS scheme is always out of 100; other totals are other formats
_PLACE = re.compile(r"([A-Z]*)([0-9]*)")
_SUB_CODE = re.compile(r"[A-Z]{1,2}[0-9]{1,3}")


def check_scheme(scheme: Scheme) -> Iterator[Problem]:
    """What is wrong across rows: sums against what is declared, identity and place of sub-criteria."""
    yield from _check_sub_criteria(scheme)
    yield from _check_criteria(scheme)
    yield from _check_sections(scheme)
    if scheme.marks != CIS_TOTAL:
        text = _("All aspects together give %(sum)s marks instead of %(total)s.")
        params = {"sum": points(scheme.marks), "total": points(CIS_TOTAL)}
        yield Problem(scheme.total_cell, "TOTAL_MARKS", text % params)


def _check_sub_criteria(scheme: Scheme) -> Iterator[Problem]:
    declared = {criterion.id for criterion in scheme.criteria}
    seen: dict[str, str] = {}
    for sub in scheme.sub_criteria:
        if not _SUB_CODE.fullmatch(sub.code):
            text = _("A sub-criterion's ID is its criterion's letter and a number, such as A1.")
            yield Problem(sub.cell, "SUB_CRITERION_CODE", text)
        elif sub.criterion not in declared:
            text = _(
                "Criterion %(criterion)s is not declared in the table of criteria. Add it there or correct the ID."
            )
            yield Problem(sub.cell, "CRITERION_UNKNOWN", text % {"criterion": sub.criterion})
        if sub.code in seen:
            text = _("Sub-criterion %(code)s stands in %(cell)s already. Give this one an ID of its own.")
            yield Problem(sub.cell, "SUB_CRITERION_TWICE", text % {"code": sub.code, "cell": seen[sub.code]})
        seen.setdefault(sub.code, sub.cell)
        if not sub.aspects:
            text = _("Sub-criterion %(code)s has no aspects. Add them or delete the row.")
            yield Problem(sub.cell, "SUB_CRITERION_EMPTY", text % {"code": sub.code})


def _check_criteria(scheme: Scheme) -> Iterator[Problem]:
    ids = Counter(criterion.id for criterion in scheme.criteria)
    for criterion in scheme.criteria:
        if ids[criterion.id] > 1:
            text = _("Criterion %(criterion)s is declared more than once. Keep one of them.")
            yield Problem(criterion.cell, "CRITERION_TWICE", text % {"criterion": criterion.id})
        found = _marks_of_criterion(scheme.sub_criteria, criterion)
        if found != (criterion.mark or 0):
            text = _(
                "Criterion %(criterion)s is declared with %(declared)s marks, but its aspects give "
                "%(sum)s. Correct either."
            )
            params = {"criterion": criterion.id, "declared": points(criterion.mark or Decimal(0))}
            yield Problem(criterion.cell, "CRITERION_SUM", text % {**params, "sum": points(found)})


def _marks_of_criterion(subs: Sequence[SubCriterion], criterion: Criterion) -> Decimal:
    return sum((marks_of(sub.aspects) for sub in subs if sub.criterion == criterion.id), Decimal(0))


def _check_sections(scheme: Scheme) -> Iterator[Problem]:
    sums = _by_section(scheme)
    for section in scheme.sections:
        if section.marks is not None and sums[section.number] != section.marks:
            text = _("Section %(section)s should get %(declared)s marks, but its aspects give %(sum)s. Correct either.")
            params = {"section": section.number, "declared": points(section.marks)}
            yield Problem(section.cell, "SECTION_SUM", text % {**params, "sum": points(sums[section.number])})


def _by_section(scheme: Scheme) -> dict[str, Decimal]:
    return {
        section.number: marks_of(tuple(a for a in scheme.aspects if a.section == section.number))
        for section in scheme.sections
    }


def points(value: Decimal) -> str:
    """Marks with two decimals, or with all they have."""
    exponent = value.as_tuple().exponent
    return format(value, "f") if isinstance(exponent, int) and exponent < -2 else f"{value:.2f}"


def sorted_by_place(problems: Iterable[Problem]) -> list[Problem]:
    """In the order in which one meets the cells going down the sheet."""

    def place(problem: Problem) -> tuple[int, int, str, str]:
        match = _PLACE.match(problem.cell)
        letters, digits = match.groups() if match else ("", "")
        return int(digits or 0), len(letters), letters, problem.code

    return sorted(problems, key=place)


def check_report(scheme: Scheme | None, problems: Sequence[Problem]) -> dict[str, object]:
    """Figures and problems as plain JSON values; the figures are computed also where there are problems."""
    if scheme is None:
        scheme = Scheme("", (), (), ())
    types = Counter(aspect.type for aspect in scheme.aspects)
    return {
        "aspects": len(scheme.aspects),
        "sub_criteria": len(scheme.sub_criteria),
        "marks": points(scheme.marks),
        "by_type": {kind: types[kind] for kind in (MEASUREMENT, JUDGEMENT)},
        "by_section": {number: points(marks) for number, marks in _by_section(scheme).items()},
        "problems": [{"cell": p.cell, "code": p.code, "message": p.message} for p in problems],
    }
