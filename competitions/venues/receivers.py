"""What venues do when rooms below say something."""

from __future__ import annotations

from typing import Any

from backend.core.actor import Actor
from competitions.registration.models import Entry
from competitions.venues import services


def free_the_places(*, actor: Actor, entry: Entry, **_kwargs: Any) -> None:
    """A team that leaves keeps no station."""
    services.free_places(actor=actor, entry=entry)
