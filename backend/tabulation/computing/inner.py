"""What values make of an inner node; every value given here is complete and exact."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm, prod

from backend.tabulation.document import Node
from backend.tabulation.enums import Combine, Kind, Order

Values = Sequence[Fraction]


def total(node: Node, values: Values) -> Fraction:
    return exact_sum(values)


def mean(node: Node, values: Values) -> Fraction:
    return exact_sum(values) / len(values)


def product(node: Node, values: Values) -> Fraction:
    """Multiplies numerators and denominators apart: one reduction instead of one for each operand."""
    return node.factor * Fraction(prod(v.numerator for v in values), prod(v.denominator for v in values))


def weighted(node: Node, values: Values) -> Fraction:
    """Not divided by the weights: they are what the rule prints, often 0.3 and 0.7."""
    return exact_sum([weight * value for weight, value in zip(node.weights, values, strict=True)])


def best(node: Node, values: Values) -> Fraction:
    kept = sorted(values, reverse=node.order is Order.DESC)[: node.keep]
    return combined(kept, node.combine)


def trimmed(node: Node, values: Values) -> Fraction:
    kept = sorted(values)[node.trim_low : len(values) - node.trim_high]
    return combined(kept, node.combine)


INNER_VALUES: Mapping[Kind, Callable[[Node, Values], Fraction]] = {
    Kind.SUM: total,
    Kind.MEAN: mean,
    Kind.PRODUCT: product,
    Kind.WEIGHTED: weighted,
    Kind.BEST: best,
    Kind.TRIMMED: trimmed,
}


def combined(kept: Values, how: Combine) -> Fraction:
    """kept: at least one value, sorted either way."""
    if how is Combine.SUM:
        return exact_sum(kept)
    if how is Combine.MEDIAN:
        middle, odd = divmod(len(kept), 2)
        kept = kept[middle : middle + 1] if odd else kept[middle - 1 : middle + 1]
    return exact_sum(kept) / len(kept)


def exact_sum(values: Values) -> Fraction:
    """Adds over one common denominator: adding fractions one by one reduces each time."""
    by_denominator: dict[int, int] = {}
    for value in values:
        denominator = value.denominator
        by_denominator[denominator] = by_denominator.get(denominator, 0) + value.numerator
    common = lcm(*by_denominator)
    return Fraction(sum(part * (common // denominator) for denominator, part in by_denominator.items()), common)
