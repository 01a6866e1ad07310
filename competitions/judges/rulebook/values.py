"""What a panel is built from, as plain values: candidates, slots, needs, rules, and what a composition breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from competitions.judges.enums import Duty, Tie

Span = tuple[datetime, datetime]
Place = tuple[str, str, str]  # slot, duty, candidate


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie of a candidate to a team. school: key of the entering school; facts: what the path in words names."""

    kind: Tie
    school: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be asked. firm: key of the employing enterprise, "" for everybody else; age on the first day.

    duties: what the person is qualified for; served: how often the person has judged before.
    """

    key: str
    unit: str = ""
    firm: str = ""
    outside: bool = False
    age: int | None = None
    skills: frozenset[str] = frozenset()
    duties: frozenset[str] = frozenset({Duty.JUDGE})
    served: int = 0
    busy: tuple[Span, ...] = ()
    bonds: tuple[Bond, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which people sit together: a session, or the whole round. schools: keys of who competes in it."""

    key: str
    starts: datetime
    ends: datetime
    schools: frozenset[str] = frozenset()

    def overlaps(self, span: Span) -> bool:
        """Whether they share a moment; one may end when the other begins."""
        return self.starts < span[1] and span[0] < self.ends


@dataclass(frozen=True, slots=True)
class Need:
    """So many people of one duty in one slot."""

    slot: str
    duty: str
    count: int


@dataclass(frozen=True, slots=True)
class PanelRules:
    """Limits (None: none) and how much each rule weighs: None = must never be broken, else points for each breach.

    evenness: points for each session of the busiest judge.
    """

    weights: Mapping[str, int | None]
    share: Fraction | None = None
    firm_max: int | None = None
    age_max: int | None = None
    load_max: int | None = None
    evenness: int = 1

    def hard(self, rule: str) -> bool:
        return self.weights.get(rule, 0) is None

    def weight(self, rule: str) -> int:
        """Points for breaking a soft rule."""
        return self.weights.get(rule) or 0


@dataclass(frozen=True, slots=True)
class Ask:
    """A composition that is wanted. pinned: places that are fixed; barred: candidates who are left out."""

    candidates: tuple[Candidate, ...]
    slots: tuple[Slot, ...]
    needs: tuple[Need, ...]
    rules: PanelRules
    skills: frozenset[str] = frozenset()
    pinned: frozenset[Place] = frozenset()
    barred: frozenset[str] = frozenset()

    def without(self, key: str) -> Ask:
        """The same with one candidate less."""
        return replace(self, barred=self.barred | {key}, pinned=frozenset(p for p in self.pinned if p[2] != key))


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a composition breaks. by: how much (such as missing people); bond: the tie behind it."""

    rule: str
    slot: str = ""
    duty: str = ""
    candidate: str = ""
    by: int = 1
    bond: Bond | None = field(default=None)
