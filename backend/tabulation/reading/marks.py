"""Reading the marks: by far the longest list of a tabulation, so values are recognised by their text."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import cast

from backend.tabulation.document import Entry, EntryMarks, Node
from backend.tabulation.enums import JUDGED, Kind
from backend.tabulation.exact import decimal_of
from backend.tabulation.reading.fields import Fields, number_at

KEYS = frozenset({"entry", "node", "judge", "value", "reason"})

Slot = dict[object, Decimal | None]
"""Marks of one entry and node, by judge; by place in the document where a node may have several."""


class LeafRule(dict[object, Decimal | None]):
    """What marks of one leaf must be, as a dictionary from texts already found good to their numbers.

    Looking up a text for the first time judges it; a bad one is a KeyError, and `objection` says why.
    """

    __slots__ = ("_least", "_most", "judged", "node", "several", "width")

    def __init__(self, node: Node) -> None:
        super().__init__({} if node.kind is Kind.DEDUCTIONS else {None: None})
        self.node = node
        self._least, self._most = _range(node)
        self.judged = node.kind in JUDGED
        self.several = node.kind is Kind.DEDUCTIONS
        self.width = 4 if self.judged else 3
        """How many keys a mark without a reason has."""

    def __missing__(self, text: object) -> Decimal:
        number = decimal_of(text)
        if number is None or self.objection(number) is not None:
            raise KeyError(text)
        self[text] = number
        return number

    def objection(self, number: Decimal) -> str | None:
        """Why the number cannot be a mark of this leaf, or None."""
        if self._least is not None and number < self._least:
            return f"must not be below {self._least}"
        if self._most is not None and number > self._most:
            return f"must not be above {self._most}"
        if self.node.kind is Kind.BINARY and number not in (0, self._most) and self._most is not None:
            return f"must be 0 or {self._most}"
        if self.node.kind is Kind.JUDGEMENT and number != number.to_integral_value():
            return "must be a whole level"
        return None


def _range(node: Node) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most a mark may be, None for no bound."""
    if node.kind is Kind.VALUE:
        return None, None
    if node.kind is Kind.JUDGEMENT:
        return Decimal(0), Decimal(node.levels)
    return node.min if node.kind is Kind.PANEL else Decimal(0), node.max


class MarksReader:
    """Sorts marks by entry and node.

    known: every code that the scheme defines, also those of nodes that could not be read.
    """

    def __init__(
        self, document: Fields, nodes: Mapping[str, Node], known: Collection[str], entries: Iterable[Entry]
    ) -> None:
        self._findings = document.findings
        self._nodes = nodes
        self._known = known
        self._rules = {code: LeafRule(node) for code, node in nodes.items() if node.leaf}
        self._taken: dict[str, dict[str, Slot]] = {entry.code: {} for entry in entries if entry.code}
        self._path = f"{document.path}.marks"
        self._judges: dict[object, str] = {}
        self._blank = False
        self._take_all(document.items("marks"))

    def marks(self) -> Mapping[str, EntryMarks]:
        values = _values_without_blanks if self._blank else _values
        return {entry: values(slots) for entry, slots in self._taken.items()}

    def _take_all(self, rows: list[object]) -> None:
        """A usual mark is taken by look-ups alone; any other one fails one of them and is examined."""
        taken, judges = self._taken, self._judges
        single = {code: rule for code, rule in self._rules.items() if not rule.several}
        rules = {code: (rule, rule.judged, rule.width) for code, rule in single.items()}
        for place, row in enumerate(rows):
            try:
                slots = taken[row["entry"]]  # type: ignore[index]
                node = row["node"]  # type: ignore[index]
                rule, judged, width = rules[node]
                value = rule[row["value"]]  # type: ignore[index]
                judge = judges[row["judge"]] if judged else None  # type: ignore[index]
                extra = len(row) - width  # type: ignore[arg-type]
                known = extra == 0 or (extra == 1 and type(row["reason"]) is str)  # type: ignore[index]
            except (KeyError, TypeError):
                known = False
            if not known:
                self._examine(place, row)
                continue
            if value is None:
                self._blank = True
            slot = slots.get(node)
            if slot is None:
                slots[node] = {judge: value}
            elif judge in slot:
                self._refuse_second(place)
            else:
                slot[judge] = value

    def _examine(self, place: int, row: object) -> None:
        """One mark with everything checked."""
        fields = Fields(row, f"{self._path}[{place}]", self._findings)
        entry, node = fields.code("entry"), fields.code("node")
        fields.text("reason", "")
        judge = fields.code("judge") if "judge" in fields else None
        raw = fields.raw("value", required=True)
        if entry and entry not in self._taken:
            fields.complain("entry", f"names the entry {entry}, which is not in the list")
        rule = self._rules.get(node)
        if rule is None:
            self._refuse_node(fields, node)
            if raw is not None and "value" in fields:
                number_at(f"{fields.path}.value", raw, self._findings)
        else:
            self._keep(place, fields, entry, rule, judge)
        fields.close()

    def _keep(self, place: int, fields: Fields, entry: str, rule: LeafRule, judge: str | None) -> None:
        if rule.judged and judge is None and not fields.broken:
            fields.complain("judge", "is required: this node is marked by judges")
        if not rule.judged and judge is not None:
            fields.complain("judge", "has no place here: this node is not marked by judges")
        if judge:
            self._judges[judge] = judge
        if "value" not in fields or not self._accept(fields, rule):
            return
        value = rule[fields.raw("value", required=True)]
        slot = self._taken.get(entry, {}).setdefault(rule.node.code, {})
        key: object = place if rule.several else judge
        if key in slot:
            self._refuse_second(place)
        self._blank = self._blank or value is None
        slot.setdefault(key, value)

    def _accept(self, fields: Fields, rule: LeafRule) -> bool:
        raw = fields.raw("value", required=True)
        if raw is None:
            if rule.several:
                fields.complain("value", "must not be null: a deduction is there or it is not")
            return not rule.several
        number = number_at(f"{fields.path}.value", raw, self._findings)
        if number is None:
            return False
        objection = rule.objection(number)
        if objection is not None:
            fields.complain("value", objection)
            return False
        rule[raw] = number
        return True

    def _refuse_node(self, fields: Fields, node: str) -> None:
        if node in self._nodes:
            fields.complain("node", f"names {node}, which is computed and takes no marks")
        elif node and node not in self._known:
            fields.complain("node", f"names the node {node}, which the scheme does not have")

    def _refuse_second(self, place: int) -> None:
        self._findings.add(f"{self._path}[{place}]", "is a second mark for the same entry, node and judge")


def _values(slots: dict[str, Slot]) -> EntryMarks:
    """For slots without blanks, which are nearly all."""
    return {node: tuple(cast("dict[object, Decimal]", slot).values()) for node, slot in slots.items()}


def _values_without_blanks(slots: dict[str, Slot]) -> EntryMarks:
    return {node: tuple(mark for mark in slot.values() if mark is not None) for node, slot in slots.items()}
