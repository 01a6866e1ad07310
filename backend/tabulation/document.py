"""A tabulation once it has been read: frozen values, ready to compute with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from backend.tabulation.enums import (
    LEAVES,
    Basis,
    Combine,
    Kind,
    MergeRule,
    Order,
    PlacesRounding,
    RoundingMode,
    SharedSilver,
    Status,
    Style,
    Ties,
)

EntryMarks = Mapping[str, Collection[Decimal]]
"""Marks of one entry by leaf code; one number per judge, or one per deduction, in any order; never a null."""


@dataclass(frozen=True, slots=True)
class Rounding:
    digits: int
    mode: RoundingMode


@dataclass(frozen=True, slots=True)
class Node:
    """One line of a scheme; which fields mean something depends on its kind."""

    code: str
    kind: Kind
    name: str = ""
    section: str = ""
    round: Rounding | None = None
    cap: Fraction | None = None
    floor: Fraction | None = None
    max: Decimal | None = None
    min: Decimal | None = None
    levels: int = 1
    max_spread: int = 1
    min_marks: int = 1
    trim_high: int = 0
    trim_low: int = 0
    combine: Combine = Combine.MEAN
    of: tuple[str, ...] = ()
    weights: tuple[Fraction, ...] = ()
    minus: tuple[str, ...] = ()
    factor: Fraction = Fraction(1)
    keep: int = 1
    order: Order = Order.DESC

    @property
    def leaf(self) -> bool:
        return self.kind in LEAVES


@dataclass(frozen=True, slots=True)
class Scheme:
    """nodes: operands before the nodes that use them. Read once, then good for any number of entries."""

    total: str
    nodes: tuple[Node, ...]
    by_code: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Entry:
    code: str
    status: Status = Status.COMPETED
    guest: bool = False
    finalist: bool = False
    unit: str = ""


Key = tuple[str, Order]


@dataclass(frozen=True, slots=True)
class Ranking:
    by: tuple[Key, ...]
    style: Style = Style.COMPETITION
    incomplete_last_by: tuple[Key, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """Exactly one of ratio, count and min_total is set."""

    code: str
    name: str = ""
    ratio: Fraction | None = None
    count: int | None = None
    min_total: Fraction | None = None
    within: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Awards:
    tiers: tuple[Tier, ...]
    basis: Basis = Basis.COMPETED
    exclude_guests: bool = True
    rounding: PlacesRounding = PlacesRounding.FLOOR
    ties: Ties = Ties.EXTEND
    min_total: Fraction | None = None
    min_first: int = 0
    merge_rule: MergeRule | None = None
    shared_silver: SharedSilver = SharedSilver.AS_GOLD


@dataclass(frozen=True, slots=True)
class Tabulation:
    """marks: by entry code; an entry without marks may be missing."""

    event_code: str
    event_name: str
    scheme: Scheme
    entries: tuple[Entry, ...]
    marks: Mapping[str, EntryMarks]
    ranking: Ranking
    awards: Awards | None
    sha256: str
