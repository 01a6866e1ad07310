"""Which items of a schedule cannot both be kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from competitions.venues.enums import Audience, ItemKind

# People come to these at any moment while they last, so something else may go on.
OPEN_ENDED = frozenset({ItemKind.CHECK_IN, ItemKind.APPEAL_WINDOW})


@dataclass(frozen=True, slots=True)
class Item:
    """Something at a time in a place. place: "" where it does not matter; session: for some of the teams only."""

    key: str
    kind: str
    starts: datetime
    ends: datetime
    place: str = ""
    audience: frozenset[str] = frozenset()
    session: bool = False

    def overlaps(self, other: Item) -> bool:
        """Whether they share a moment; one may end when the other begins."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Clash:
    """Two items in each other's way. kind: `place`, `audience`, `person` or `judge`; subject: who or where."""

    kind: str
    first: str
    second: str
    subject: str


def clashes(items: Iterable[Item]) -> list[Clash]:
    """Two items in one place, or for the same people, at the same time."""
    found = []
    for one, other in combinations(sorted(items, key=lambda i: (i.starts, i.key)), 2):
        if not one.overlaps(other):
            continue
        if one.place and one.place == other.place:
            found.append(Clash("place", one.key, other.key, one.place))
        found += [Clash("audience", one.key, other.key, who) for who in sorted(_both(one, other))]
    return found


def _both(one: Item, other: Item) -> frozenset[str]:
    """The people who would have to be in two places; sessions at the same time are for different teams."""
    if {one.kind, other.kind} & OPEN_ENDED or (one.session and other.session):
        return frozenset()
    return (one.audience & other.audience) - {Audience.PUBLIC}
