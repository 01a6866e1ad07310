"""Medals by the WorldSkills rule for results a few points apart.

The published rule settles shared golds; what it leaves open about shared silver is a setting.
"""

from collections.abc import Sequence

from backend.tabulation.awards.filling import Contender, Filling
from backend.tabulation.document import Awards, Tier
from backend.tabulation.enums import SharedSilver


def give_medals(awards: Awards, places: Sequence[int | None], contenders: Sequence[Contender]) -> Filling:
    """One gold: then silver and bronze. Two golds: no silver. Three or more: bronze near the last gold."""
    gold, silver, bronze = awards.tiers
    filling = Filling(contenders)
    golds = _give(filling, gold, places[0] or 1)
    if golds > 2:
        _give_bronze_near_gold(filling, bronze)
    elif golds == 2:
        _give(filling, bronze, 1)
    else:
        silvers = _give(filling, silver, 1)
        if silvers < 2 or awards.shared_silver is SharedSilver.KEEP_BRONZE:
            _give(filling, bronze, 1)
    return filling


def _give(filling: Filling, tier: Tier, places: int) -> int:
    start = filling.next
    filling.give(tier, filling.reach(tier, min(start + places, len(filling.contenders))))
    return filling.next - start


def _give_bronze_near_gold(filling: Filling, bronze: Tier) -> None:
    lowest = filling.contenders[filling.next - 1].total - (bronze.within or 0)
    end = filling.next
    while end < len(filling.contenders) and filling.contenders[end].total >= lowest:
        end += 1
    filling.give(bronze, end)
