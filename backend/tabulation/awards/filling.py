"""Filling tiers in order from the ranked entries, and what happens to a tie across a tier's edge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from backend.tabulation.document import Awards, Tier
from backend.tabulation.enums import Ties


@dataclass(frozen=True, slots=True)
class Contender:
    """An entry that can win an award: ranked, complete, no excluded guest, above the floor for any award."""

    code: str
    rank: int
    total: Fraction


@dataclass(slots=True)
class Filling:
    """Awards being given. contenders: best first. Entries before `next` are settled."""

    contenders: Sequence[Contender]
    next: int = 0
    award_of: dict[str, str] = field(default_factory=dict)
    open_ties: set[tuple[str, ...]] = field(default_factory=set)
    owed: int = 0
    """Places that ties used up beyond their tier (use_up)."""
    pushed: int = 0
    """How many at the front were pushed down by a tie and must all get the next tier (shrink)."""

    def cut_off(self, tier: Tier) -> None:
        self.pushed = 0
        end = self.next
        while tier.min_total is not None and end < len(self.contenders) and self._total(end) >= tier.min_total:
            end += 1
        self.give(tier, end)

    def fill(self, tier: Tier, places: int, ties: Ties) -> None:
        used_up = min(self.owed, places)
        self.owed -= used_up
        size = max(places - used_up, self.pushed)
        self.pushed = 0
        end = self.reach(tier, min(self.next + size, len(self.contenders)))
        first, last = self._tied_across(end)
        if first < end < last:
            end = self._settle_tie(ties, first, end, last)
        self.give(tier, end)

    def reach(self, tier: Tier, end: int) -> int:
        """The end of the tier once everybody within its points of its best is in."""
        if tier.within is None or end == self.next:
            return end
        lowest = self._total(self.next) - tier.within
        while end < len(self.contenders) and self._total(end) >= lowest:
            end += 1
        return end

    def give(self, tier: Tier, end: int) -> None:
        left_open = {code for tie in self.open_ties for code in tie}
        for contender in self.contenders[self.next : end]:
            if contender.code not in left_open:
                self.award_of[contender.code] = tier.code
        self.next = end

    def _tied_across(self, end: int) -> tuple[int, int]:
        """From where to where entries share a rank around an edge; nobody is tied across an empty tier."""
        if end == self.next or end == len(self.contenders):
            return end, end
        rank, first, last = self.contenders[end - 1].rank, end, end
        while first > 0 and self.contenders[first - 1].rank == rank:
            first -= 1
        while last < len(self.contenders) and self.contenders[last].rank == rank:
            last += 1
        return first, last

    def _settle_tie(self, ties: Ties, first: int, end: int, last: int) -> int:
        """Where the tier ends, given the tied from first to last around its edge."""
        if ties is Ties.SHRINK:
            self.pushed = last - first
            return first
        if ties is Ties.DECIDE:
            self.open_ties.add(tuple(sorted(tied.code for tied in self.contenders[first:last])))
            return end
        if ties is Ties.USE_UP:
            self.owed += last - end
        return last

    def _total(self, place: int) -> Fraction:
        return self.contenders[place].total


def fill_in_order(awards: Awards, places: Sequence[int | None], contenders: Sequence[Contender]) -> Filling:
    filling = Filling(contenders)
    for tier, count in zip(awards.tiers, places, strict=True):
        if count is None:
            filling.cut_off(tier)
        else:
            filling.fill(tier, count, awards.ties)
    return filling
