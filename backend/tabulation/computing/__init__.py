"""The value of every node of one entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from fractions import Fraction

from backend.tabulation.computing.inner import INNER_VALUES, exact_sum
from backend.tabulation.computing.leaves import LEAF_VALUES, Unresolved
from backend.tabulation.document import EntryMarks, Node, Scheme
from backend.tabulation.enums import Kind, Status
from backend.tabulation.exact import EXACT, fixed, plain
from backend.tabulation.rounding import rounded

NOT_COMPUTED = frozenset({Status.ABSENT, Status.WITHDRAWN, Status.DISQUALIFIED})


@dataclass(frozen=True, slots=True)
class EntryValues:
    """values: by node code, None where incomplete or unresolved; empty for an entry that did not compete.

    unresolved: the judgement nodes whose judges stand too far apart.
    """

    total: Fraction | None
    values: Mapping[str, Fraction | None]
    unresolved: tuple[str, ...] = ()


def compute_entry(scheme: Scheme, marks: EntryMarks, status: Status | str = Status.COMPETED) -> EntryValues:
    """Every node's value of one entry.

    marks: by leaf code, the numbers given, one per judge or deduction in any order, nulls left out; they are
    taken to be in range (`read_tabulation` checks a whole document).
    """
    if status in NOT_COMPUTED:
        return EntryValues(None, {})
    values: dict[str, Fraction | None] = {}
    unresolved: list[str] = []
    with localcontext(EXACT):
        for node in scheme.nodes:
            leaf = LEAF_VALUES.get(node.kind)
            value = _combined(node, values) if leaf is None else leaf(node, marks.get(node.code, ()))
            if isinstance(value, Unresolved):
                unresolved.append(node.code)
                value = None
            values[node.code] = value if value is None else _finished(node, value)
    if status == Status.ZEROED:
        values[scheme.total] = Fraction(0)
    return EntryValues(values[scheme.total], values, tuple(unresolved))


def _combined(node: Node, values: Mapping[str, Fraction | None]) -> Fraction | None:
    operands = _present(node.of, values)
    if len(operands) < (node.keep if node.kind is Kind.BEST else len(node.of)):
        return None
    value = INNER_VALUES[node.kind](node, operands)
    if not node.minus:
        return value
    taken = _present(node.minus, values)
    return value - exact_sum(taken) if len(taken) == len(node.minus) else None


def _present(codes: Sequence[str], values: Mapping[str, Fraction | None]) -> list[Fraction]:
    return [value for code in codes if (value := values[code]) is not None]


def _finished(node: Node, value: Fraction) -> Fraction:
    """After combining and subtracting: first the cap, then the floor, then the rounding."""
    if node.cap is not None and value > node.cap:
        value = node.cap
    if node.floor is not None and value < node.floor:
        value = node.floor
    return value if node.round is None else rounded(value, node.round.digits, node.round.mode)


def value_text(node: Node, value: Fraction) -> str:
    """The value as the formats print it: the digits of its rounding, or exactly."""
    return plain(value) if node.round is None else fixed(value, node.round.digits)


def missing_leaves(scheme: Scheme, found: EntryValues) -> Iterator[str]:
    """The incomplete leaves for lack of which the total is missing; unresolved ones are not among them."""
    waiting, seen = [scheme.total], {scheme.total, *found.unresolved}
    while waiting:
        node = scheme.by_code[waiting.pop()]
        if found.values[node.code] is not None or node.code in found.unresolved:
            continue
        if node.leaf:
            yield node.code
        for code in (*node.of, *node.minus):
            if code not in seen:
                seen.add(code)
                waiting.append(code)
