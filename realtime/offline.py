"""Pages that a browser which has opened them can open again without any server.

A room names them in its wiring; `worker.js` keeps them, and the page itself calls `keepShell()` of `shell.js`. What the
page shows is then its own matter: the page is kept, not the answers of the API.
"""

from __future__ import annotations

import re

_shells: list[str] = []


def shell(pattern: str) -> None:
    """Register the addresses of a page: a regular expression over the whole path, read by JavaScript too."""
    if not re.fullmatch(r"\^/.+/\$", pattern):
        raise ValueError(f"{pattern} is not a whole path, ^/…/$")
    if pattern not in _shells:
        _shells.append(pattern)


def shells() -> list[str]:
    return sorted(_shells)
