"""Who gets what, when each applicant ranked what it wants and may win only so many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placing:
    """chosen: by offer, the best first; why: by (offer, applicant): `chosen`, `below` or `limit`.

    `below`: the places went to better ones; `limit`: the applicant has all it may win in offers it wanted more.
    """

    chosen: dict[str, list[str]]
    why: dict[tuple[str, str], str]


def place(
    places: Mapping[str, int],
    ranked: Mapping[str, Sequence[str]],
    wishes: Mapping[str, Sequence[str]],
    limits: Mapping[str, int | None],
) -> Placing:
    """Give each offer its best applicants, and each applicant of what it can have what it wanted most.

    places: how many each offer takes; ranked: applicants by offer, the best first, without ties; wishes: offers by
    applicant, the most wanted first; limits: how many an applicant may win (None: any).

    Applicants ask in the order of their wishes; an offer keeps the best who asked. So nobody can do better by
    ranking otherwise than it wishes, and no offer loses a better applicant who wanted it more than what it got.
    """
    at = {offer: {who: n for n, who in enumerate(order)} for offer, order in ranked.items()}
    held: dict[str, list[str]] = {offer: [] for offer in places}
    asked: dict[str, int] = {who: 0 for who in wishes}
    refused: set[tuple[str, str]] = set()
    while (who := _who_asks(wishes, limits, held, asked)) is not None:
        offer = wishes[who][asked[who]]
        asked[who] += 1
        if who not in at.get(offer, {}):
            continue
        held[offer] = sorted([*held[offer], who], key=at[offer].__getitem__)
        if len(held[offer]) > places[offer]:
            refused.add((offer, held[offer].pop()))
    why = {
        (offer, who): "chosen" if who in held[offer] else "below" if (offer, who) in refused else "limit"
        for offer, order in ranked.items()
        for who in order
    }
    return Placing(held, why)


def _who_asks(
    wishes: Mapping[str, Sequence[str]],
    limits: Mapping[str, int | None],
    held: Mapping[str, Sequence[str]],
    asked: Mapping[str, int],
) -> str | None:
    """An applicant that may still win and still has something to ask for; in a fixed order."""
    for who in sorted(wishes):
        won = sum(who in kept for kept in held.values())
        limit = limits.get(who)
        if asked[who] < len(wishes[who]) and (limit is None or won < limit):
            return who
    return None
