"""What the judges room does when rooms below it say something."""

from __future__ import annotations

from typing import Any

from competitions.contests.models import Event, Postponement
from competitions.judges import services
from competitions.venues.models import Programme


def tell_of_postponement(*, postponement: Postponement, events: list[Event], **_kwargs: Any) -> None:
    """Judges learn the new days."""
    services.tell_of_postponement(postponement=postponement, events=events)


def tell_of_programme(*, programme: Programme, before: Programme | None, **_kwargs: Any) -> None:
    """Judges learn of a version that has or changes something for them."""
    services.tell_of_programme(programme=programme, before=before)
