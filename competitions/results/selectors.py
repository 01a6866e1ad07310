"""Questions about results."""

from __future__ import annotations

from typing import Any

from backend.core.actor import Actor
from competitions.contests.models import Event, Round
from competitions.contests.selectors import event_of
from competitions.results.models import Publication, Tally


def round_of(event: Event) -> Round:
    """The event's last round."""
    return Round.objects.select_related("event").filter(event=event).latest("number")


def tally_of(actor: Actor, event: Event) -> Tally | None:
    """The live tally, on codes; its page is for those who watch over scoring."""
    return Tally.objects.filter(round=round_of(event), ended_at=None).prefetch_related("signatures").first()


def publication_of(actor: Actor, event_code: str) -> tuple[Event, Publication | None]:
    """The event and its newest publication; everybody may read it."""
    event = event_of(actor, event_code)
    return event, Publication.objects.filter(round__event=event).order_by("-number").first()


def effects_of(tally: Tally) -> dict[str, Any]:
    """What publishing would do, in numbers."""
    results = tally.results["results"]
    return {
        "ranked": sum(r["rank"] is not None for r in results),
        "awards": sum(bool(r["award"]) for r in results),
        "counts": tally.results.get("award_counts", {}),
    }
