"""What contests hear from the rooms below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.core.actor import Actor
from backend.people.models import Organisation
from backend.selection.models import Offer
from competitions.contests import services
from competitions.contests.models import Event


def take_hosts(*, offer: Offer, organisations: Sequence[Organisation], actor: Actor, **_: Any) -> None:
    """A selection for events was confirmed: whoever was chosen hosts the event."""
    if offer.item.kind != "event":
        return
    event = Event.objects.get(code=offer.item.key)
    services.name_hosts(actor=actor, event=event, organisations=organisations, decided_in=offer.call.ref)
