"""The list of a call as frozen values: the order, who is placed and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from backend.selection.models import ITEMS, Call, Choice, Offer
from backend.selection.rulebook import Placing, Ranked, place, rank_offer, tabulation_of
from backend.selection.selectors import in_review, points_of, recommended_rank
from backend.tabulation import sha256_of


def snapshot_of(call: Call) -> dict[str, Any]:
    """The list as it follows from the present points, exclusions, wishes and limits; names of organisations only."""
    offers = list(Offer.objects.filter(call=call).select_related("call"))
    choices = {offer: in_review(offer) for offer in offers}
    documents = {offer: tabulation_of_offer(call, offer, choices[offer]) for offer in offers}
    ranked = {
        offer: rank_offer(documents[offer], ahead_of(choices[offer])) if choices[offer] else [] for offer in offers
    }
    placing = _placing(call, choices, ranked)
    return {
        "call": call.title,
        "source": call.source,
        "limits": {"wins_max": call.wins_max, "wins_max_new": call.wins_max_new},
        "offers": [
            {
                "offer": str(offer.uid),
                "item": str(offer.item),
                "label": offer.label,
                "places": offer.places,
                "tabulation_sha256": sha256_of(documents[offer]),
                "rows": _rows(offer, choices[offer], ranked[offer], placing) + _excluded(offer),
            }
            for offer in offers
        ],
    }


def tabulation_of_offer(call: Call, offer: Offer, choices: Iterable[Choice]) -> dict[str, Any]:
    given = points_of(offer)
    points = {str(c.uid): given.get(str(c.uid), {}) for c in choices}
    criteria = [(str(c.position), Decimal(c.points), Decimal(c.weight)) for c in call.criteria.all()]
    return tabulation_of(str(offer.uid), criteria, points)


def ahead_of(choices: Iterable[Choice]) -> dict[str, int]:
    """Between equal totals the group's own order decides; without one, who applied first."""
    ordered = sorted(choices, key=lambda c: (recommended_rank(c) or 10**6, c.application.submitted_at, c.pk))
    return {str(choice.uid): n for n, choice in enumerate(ordered)}


def _placing(call: Call, choices: dict[Offer, list[Choice]], ranked: dict[Offer, list[Ranked]]) -> Placing:
    by_uid = {str(c.uid): c for found in choices.values() for c in found}
    applicants = {str(c.application.organisation.uid): c.application.organisation.uid for c in by_uid.values()}
    newcomers = ITEMS[call.item_kind].newcomers(applicants.values()) if call.wins_max_new is not None else set()
    wishes: dict[str, list[str]] = {who: [] for who in applicants}
    for choice in sorted(by_uid.values(), key=lambda c: c.rank):
        wishes[_who(choice)].append(str(choice.offer.uid))
    return place(
        {str(offer.uid): offer.places for offer in choices},
        {str(offer.uid): [_who(by_uid[r.code]) for r in order] for offer, order in ranked.items()},
        wishes,
        {who: call.wins_max_new if uid in newcomers else call.wins_max for who, uid in applicants.items()},
    )


def _who(choice: Choice) -> str:
    return str(choice.application.organisation.uid)


def _rows(offer: Offer, choices: list[Choice], ranked: list[Ranked], placing: Placing) -> list[dict[str, Any]]:
    by_uid = {str(c.uid): c for c in choices}
    return [
        {
            **_line(by_uid[r.code]),
            "total": r.total,
            "rank": r.rank,
            "place": r.place,
            "outcome": placing.why[str(offer.uid), _who(by_uid[r.code])],
        }
        for r in ranked
    ]


def _excluded(offer: Offer) -> list[dict[str, Any]]:
    found = Choice.objects.filter(offer=offer).exclude(excluded_reason="")
    found = found.select_related("application__organisation", "recommendation").order_by("pk")
    return [
        {**_line(c), "total": "", "rank": None, "place": None, "outcome": "excluded", "reason": c.excluded_reason}
        for c in found
    ]


def _line(choice: Choice) -> dict[str, Any]:
    return {
        "choice": str(choice.uid),
        "organisation": choice.application.organisation.name,
        "organisation_uid": _who(choice),
        "wish": choice.rank,
        "recommended": recommended_rank(choice),
    }
