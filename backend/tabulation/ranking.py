"""Who comes before whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

from backend.tabulation.document import Key, Ranking
from backend.tabulation.enums import Order, Status, Style

Number = Fraction | Decimal | int


@dataclass(frozen=True, slots=True)
class Standing:
    """What ranking asks of one entry.

    total: None while incomplete. values: of the nodes that the keys name, missing or None where there is
    none; numbers of one type throughout (stored decimals, or fractions): Python does not order a mixture.
    """

    code: str
    status: Status | str
    total: Number | None
    values: Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Entries that share a rank, by code. winning: complete and not zeroed, so that an award is possible."""

    rank: int
    entries: tuple[str, ...]
    winning: bool


@dataclass(frozen=True, slots=True)
class Ranks:
    """places: from the first rank to the last. unranked: by code."""

    places: tuple[Place, ...]
    unranked: tuple[str, ...]
    open_ties: tuple[tuple[str, ...], ...]

    @property
    def rank_of(self) -> dict[str, int]:
        return {code: place.rank for place in self.places for code in place.entries}


def rank(ranking: Ranking, standings: Iterable[Standing]) -> Ranks:
    """Ranks complete entries by the keys, then incomplete ones if the ranking says how, then zeroed ones."""
    complete, incomplete, zeroed, unranked = _sorted_out(standings)
    if ranking.incomplete_last_by is None:
        unranked, incomplete = unranked + incomplete, []
    winners = _tied_groups(complete, ranking.by)
    others = _tied_groups(incomplete, ranking.incomplete_last_by or ())
    last = [zeroed] if zeroed else []
    ties = [_codes(group) for group in (*winners, *others) if len(group) > 1]
    return Ranks(
        places=_places([*winners, *others, *last], len(winners), ranking.style),
        unranked=_codes(unranked),
        open_ties=tuple(ties) if ranking.style is Style.SEQUENTIAL else (),
    )


def _sorted_out(standings: Iterable[Standing]) -> tuple[list[Standing], ...]:
    """Complete, incomplete, zeroed, and those who did not compete."""
    complete: list[Standing] = []
    incomplete: list[Standing] = []
    zeroed: list[Standing] = []
    away: list[Standing] = []
    for standing in standings:
        if standing.status == Status.ZEROED:
            zeroed.append(standing)
        elif standing.status != Status.COMPETED:
            away.append(standing)
        else:
            (incomplete if standing.total is None else complete).append(standing)
    return complete, incomplete, zeroed, away


def _tied_groups(standings: Sequence[Standing], keys: Sequence[Key]) -> list[list[Standing]]:
    """Best first; whoever is equal on every key is one group. The last key sorts first: sorting is stable."""
    ordered = list(standings)
    for code, order in reversed(keys):
        ordered = _sorted(ordered, code, order)
    groups: list[list[Standing]] = []
    previous: tuple[Number | None, ...] | None = None
    for standing in ordered:
        mine = tuple(standing.values.get(code) for code, _ in keys)
        if mine != previous:
            groups.append([])
        groups[-1].append(standing)
        previous = mine
    return groups


def _sorted(standings: Sequence[Standing], code: str, order: Order) -> list[Standing]:
    """A missing value is worse than any value."""
    present = [(value, standing) for standing in standings if (value := standing.values.get(code)) is not None]
    present.sort(key=itemgetter(0), reverse=order is Order.DESC)
    missing = [standing for standing in standings if standing.values.get(code) is None]
    return [standing for _, standing in present] + missing


def _places(groups: Sequence[Sequence[Standing]], winning: int, style: Style) -> tuple[Place, ...]:
    places: list[Place] = []
    next_rank = 1
    for position, group in enumerate(groups):
        places.append(Place(next_rank, _codes(group), position < winning))
        next_rank += 1 if style is Style.DENSE else len(group)
    return tuple(places)


def _codes(group: Sequence[Standing]) -> tuple[str, ...]:
    return tuple(sorted(standing.code for standing in group))
