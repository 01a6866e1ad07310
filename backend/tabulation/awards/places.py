"""How many places each tier has."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from backend.tabulation.document import Awards, Entry
from backend.tabulation.enums import Basis, PlacesRounding, RoundingMode, Status
from backend.tabulation.rounding import whole

PRESENT = frozenset({Status.COMPETED, Status.ZEROED})
ROUNDS_BY = {
    PlacesRounding.FLOOR: RoundingMode.FLOOR,
    PlacesRounding.HALF_UP: RoundingMode.HALF_UP,
    PlacesRounding.CEIL: RoundingMode.CEIL,
}


def basis_count(awards: Awards, entries: Iterable[Entry]) -> int:
    """The number that ratios apply to."""
    counted = [entry for entry in entries if not (entry.guest and awards.exclude_guests)]
    if awards.basis is Basis.ENTERED:
        return len(counted)
    if awards.basis is Basis.FINALISTS:
        return sum(entry.finalist for entry in counted)
    return sum(entry.status in PRESENT for entry in counted)


def places_of_tiers(awards: Awards, basis: int) -> list[int | None]:
    """Places by tier, None for a cut-off, which has none."""
    shares = iter(_shares([tier.ratio for tier in awards.tiers if tier.ratio is not None], basis, awards.rounding))
    places = [tier.count if tier.ratio is None else next(shares) for tier in awards.tiers]
    if places and places[0] is not None:
        places[0] = max(places[0], awards.min_first)
    return places


def _shares(ratios: Sequence[Fraction], basis: int, rounding: PlacesRounding) -> list[int]:
    if rounding is not PlacesRounding.CUMULATIVE:
        return [whole(ratio * basis, ROUNDS_BY[rounding]) for ratio in ratios]
    shares: list[int] = []
    for upto in range(1, len(ratios) + 1):
        running = whole(sum(ratios[:upto], Fraction(0)) * basis, RoundingMode.HALF_UP)
        shares.append(running - sum(shares))
    return shares
