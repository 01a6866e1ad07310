"""How a page reads the uid of what it was asked about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.core.errors import NotFound


def uid_of(text: Any) -> UUID:
    """The uid in a posted field; anything else names nothing."""
    try:
        return UUID(str(text))
    except ValueError as error:
        raise NotFound from error
