"""The one way a service refuses."""

from typing import Any

from backend.core.errors import NotAllowed


def require(allowed: bool, message: Any = None) -> None:
    """Raise NotAllowed (403) with that message unless allowed."""
    if not allowed:
        raise NotAllowed(message)
