"""Who wins what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from backend.tabulation.awards.filling import Contender, fill_in_order
from backend.tabulation.awards.medals import give_medals
from backend.tabulation.awards.places import basis_count, places_of_tiers
from backend.tabulation.document import Awards, Entry
from backend.tabulation.ranking import Number, Ranks


@dataclass(frozen=True, slots=True)
class Awarding:
    """award_of: tier by entry code, winners only. counts: every tier. open_ties: for people to decide."""

    award_of: Mapping[str, str]
    counts: Mapping[str, int]
    open_ties: Sequence[tuple[str, ...]]


def give_awards(
    awards: Awards, entries: Iterable[Entry], ranks: Ranks, totals: Mapping[str, Number | None]
) -> Awarding:
    """totals: by entry code, as published (rounded where the scheme rounds)."""
    listed = {entry.code: entry for entry in entries}
    contenders = _contenders(awards, listed, ranks, totals)
    places = places_of_tiers(awards, basis_count(awards, listed.values()))
    give = fill_in_order if awards.merge_rule is None else give_medals
    filling = give(awards, places, contenders)
    counts = {tier.code: 0 for tier in awards.tiers}
    for award in filling.award_of.values():
        counts[award] += 1
    return Awarding(filling.award_of, counts, sorted(filling.open_ties))


def _contenders(
    awards: Awards, entries: Mapping[str, Entry], ranks: Ranks, totals: Mapping[str, Number | None]
) -> list[Contender]:
    contenders: list[Contender] = []
    for place in ranks.places:
        for code in place.entries if place.winning else ():
            total = Fraction(totals[code] or 0)
            excluded = entries[code].guest and awards.exclude_guests
            if not excluded and (awards.min_total is None or total >= awards.min_total):
                contenders.append(Contender(code, place.rank, total))
    return contenders
