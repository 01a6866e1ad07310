"""A composition as an integer program: columns with a cost, rows with bounds. Nothing here solves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from competitions.judges.enums import Rule
from competitions.judges.rulebook.checking import fitness, share_needed
from competitions.judges.rulebook.values import Ask, Breach, Candidate, Need, Place

GIVING_WAY = 1_000_000  # points of one more rule that gives way: more than everything else can cost together
ONCE_MORE = 10_000  # points of breaking it once more
ALWAYS = frozenset({Rule.OVERLAP, Rule.UNAVAILABLE})  # nobody can be in two places or be forced to come


@dataclass(slots=True)
class Column:
    cost: float
    most: float = 1.0
    place: Place | None = None
    rule: str = ""  # the rule that gives way when this column is not 0


@dataclass(slots=True)
class Row:
    least: float
    most: float
    parts: dict[int, float]


@dataclass(slots=True)
class Program:
    """All columns are integers from 0 to `most`."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, cost: float, **fields: object) -> int:
        self.columns.append(Column(cost, **fields))  # type: ignore[arg-type]
        return len(self.columns) - 1

    def row(self, parts: Mapping[int, float], *, least: float = -inf, most: float = inf) -> None:
        self.rows.append(Row(least, most, dict(parts)))

    def places(self, values: Iterable[float]) -> frozenset[Place]:
        """The composition behind a solution."""
        pairs = zip(self.columns, values, strict=True)
        return frozenset(c.place for c, value in pairs if c.place is not None and value > 0.5)


def enforceable(ask: Ask) -> list[str]:
    """The hard rules that could give way, VACANT first: what is asked for is a demand like the others."""
    named = {str(Rule.VACANT), *(str(r) for r, weight in ask.rules.weights.items() if weight is None)}
    return sorted(named - ALWAYS, key=lambda rule: (rule != Rule.VACANT, rule))


def write(ask: Ask, *, enforced: Collection[str], yielding: Collection[str] = ()) -> Program:
    """The program of an ask.

    enforced: hard rules that must hold; yielding: hard rules that may be broken at a great cost, so that as few rules
    as possible give way. A hard rule in neither is not looked at.
    """
    return _Writer(ask, frozenset(enforced), frozenset(yielding)).write()


class _Writer:
    def __init__(self, ask: Ask, enforced: frozenset[str], yielding: frozenset[str]) -> None:
        self.ask, self.enforced, self.yielding = ask, enforced, yielding
        self.program = Program()
        self.gives = {rule: self.program.column(GIVING_WAY, rule=rule) for rule in sorted(yielding)}
        self.slots = {s.key: s for s in ask.slots}
        self.people = {c.key: c for c in ask.candidates if c.key not in ask.barred}
        self.seats: dict[Place, int] = {}

    def write(self) -> Program:
        for need in self.ask.needs:
            for candidate in self.people.values():
                self._seat(need, candidate)
        for need in self.ask.needs:
            self._fill(need)
        self._firms()
        self._people()
        for place in self.ask.pinned:
            self.program.row({self.seats[place]: 1} if place in self.seats else {}, least=1)
        return self.program

    def _seat(self, need: Need, candidate: Candidate) -> None:
        found = list(fitness(self.ask, candidate, self.slots[need.slot], need.duty))
        hard = [b for b in found if self.ask.rules.hard(b.rule)]
        if any(b.rule in self.enforced for b in hard):
            return
        soft = sum(self.ask.rules.weight(b.rule) for b in found)
        given = [b for b in hard if b.rule in self.yielding]
        place = (need.slot, need.duty, candidate.key)
        seat = self.program.column(soft + ONCE_MORE * len(given), place=place)
        self.seats[place] = seat
        for rule in sorted({b.rule for b in given}):
            self.program.row({seat: 1, self.gives[rule]: -1}, most=0)

    def _slack(self, rule: str, most: int) -> dict[int, float]:
        """A column by which a rule about several people may be missed; {} where it must hold."""
        rules = self.ask.rules
        if not rules.hard(rule) and rule != Rule.VACANT:
            return {self.program.column(rules.weight(rule), most=most): 1.0}
        if rule in self.enforced:
            return {}
        if rule not in self.yielding:
            return {self.program.column(0, most=most): 1.0}
        slack = self.program.column(ONCE_MORE, most=most)
        self.program.row({slack: 1, self.gives[rule]: -most}, most=0)
        return {slack: 1.0}

    def _fill(self, need: Need) -> None:
        asked = {i: 1.0 for place, i in self.seats.items() if place[:2] == (need.slot, need.duty)}
        missing = self._slack(Rule.VACANT, need.count)
        self.program.row({**asked, **missing}, least=need.count, most=need.count)
        least = share_needed(self.ask, need)
        if least:
            firms = {i: 1.0 for place, i in self.seats.items() if i in asked and self.people[place[2]].firm}
            self.program.row({**firms, **self._slack(Rule.SHARE, least)}, least=least)

    def _firms(self) -> None:
        most = self.ask.rules.firm_max
        if most is None:
            return
        together: dict[tuple[str, str], list[int]] = defaultdict(list)
        for (slot, _, key), seat in self.seats.items():
            if self.people[key].firm:
                together[slot, self.people[key].firm].append(seat)
        for seats in together.values():
            if len(seats) > most:
                slack = {i: -1.0 for i in self._slack(Rule.FIRM, len(seats))}
                self.program.row({**dict.fromkeys(seats, 1.0), **slack}, most=most)

    def _people(self) -> None:
        """Nobody in two places at once; nobody over the load; the busiest judge costs."""
        own: dict[str, list[tuple[Place, int]]] = defaultdict(list)
        for place, seat in self.seats.items():
            own[place[2]].append((place, seat))
        busiest = self.program.column(self.ask.rules.evenness, most=len(self.ask.slots))
        for seats in own.values():
            for start in {slot.starts for slot in self.slots.values()}:
                at_once = [i for place, i in seats if self.slots[place[0]].starts <= start < self.slots[place[0]].ends]
                if len(at_once) > 1:
                    self.program.row(dict.fromkeys(at_once, 1.0), most=1)
            parts = {seat: 1.0 for _, seat in seats}
            self.program.row({**parts, busiest: -1.0}, most=0)
            if self.ask.rules.load_max is not None and len(seats) > self.ask.rules.load_max:
                slack = {i: -1.0 for i in self._slack(Rule.LOAD, len(seats))}
                self.program.row({**parts, **slack}, most=self.ask.rules.load_max)


Solve = Callable[[Program], list[float] | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """A composition, or why there is none.

    clash: hard rules that cannot hold together, none of which can be left out of the clash; relief: the composition
    in which the fewest rules give way, and what it breaks, hard rules only.
    """

    choice: frozenset[Place] = frozenset()
    clash: tuple[str, ...] = ()
    relief: frozenset[Place] = frozenset()
    broken: tuple[Breach, ...] = ()

    @property
    def found(self) -> bool:
        return not self.clash


def clash_of(ask: Ask, solve: Solve) -> tuple[str, ...]:
    """An irreducible set of hard rules that cannot hold together: each is taken out once, and stays out if it can."""
    kept = enforceable(ask)
    for rule in list(kept):
        fewer = [r for r in kept if r != rule]
        if solve(write(ask, enforced=fewer)) is None:
            kept = fewer
    return tuple(kept)
