"""What marks make of a leaf. Marks are decimals; values are exact fractions. Sums need the EXACT context."""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from backend.tabulation.document import Node
from backend.tabulation.enums import Combine, Kind
from backend.tabulation.exact import EXACT, quotient

Marks = Collection[Decimal]


class Unresolved:
    """The type of the answer for judges who stand too far apart."""


UNRESOLVED: Final = Unresolved()

LeafValue = Fraction | Unresolved | None
"""None is incomplete."""


def single(node: Node, marks: Marks) -> LeafValue:
    """A measurement, a yes or no, or a given value: there is one mark or none."""
    for mark in marks:
        return quotient(*mark.as_integer_ratio())
    return None


def deductions(node: Node, marks: Marks) -> LeafValue:
    return quotient(*sum(marks, Decimal(0)).as_integer_ratio())


def judgement(node: Node, marks: Marks) -> LeafValue:
    """Levels of the judges over the highest possible, times the maximum."""
    judges = len(marks)
    if judges < node.min_marks or node.max is None:
        return None
    if max(marks) - min(marks) > node.max_spread:
        return UNRESOLVED
    return judgement_mark(marks, levels=node.levels, most=node.max)


def panel(node: Node, marks: Marks) -> LeafValue:
    if len(marks) < node.min_marks:
        return None
    return combined_marks(trimmed(marks, node.trim_high, node.trim_low), node.combine)


LEAF_VALUES: Mapping[Kind, Callable[[Node, Marks], LeafValue]] = {
    Kind.MEASUREMENT: single,
    Kind.BINARY: single,
    Kind.VALUE: single,
    Kind.DEDUCTIONS: deductions,
    Kind.JUDGEMENT: judgement,
    Kind.PANEL: panel,
}


def judgement_mark(levels_given: Marks, *, levels: int, most: Decimal) -> Fraction:
    """Sum of the judges' levels over (judges times levels), times the maximum; exact, not yet rounded."""
    numerator, denominator = most.as_integer_ratio()
    return quotient(sum(map(int, levels_given)) * numerator, len(levels_given) * levels * denominator)


def trimmed(marks: Marks, high: int, low: int) -> list[Decimal]:
    """The marks from low to high without that many of the highest and lowest."""
    return sorted(marks)[low : len(marks) - high]


def trimmed_mean(marks: Marks, *, drop_high: int, drop_low: int) -> Fraction | None:
    """Mean of a panel's marks once the extremes are dropped, exact; None while nothing would be left.

    marks: one per judge, in points; order does not matter.
    """
    if len(marks) <= drop_high + drop_low:
        return None
    with localcontext(EXACT):
        return combined_marks(trimmed(marks, drop_high, drop_low), Combine.MEAN)


def combined_marks(kept: Sequence[Decimal], how: Combine) -> Fraction:
    """kept: at least one mark, sorted."""
    if how is Combine.MEDIAN:
        middle, odd = divmod(len(kept), 2)
        kept = kept[middle : middle + 1] if odd else kept[middle - 1 : middle + 1]
    numerator, denominator = sum(kept, Decimal(0)).as_integer_ratio()
    return quotient(numerator, denominator if how is Combine.SUM else denominator * len(kept))
