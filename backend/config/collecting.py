"""The interpreter's search for rings of unused objects, set for a process that serves for days."""

from __future__ import annotations

import gc

YOUNG = 50_000  # objects made since the last search; the interpreter's own 700 searches inside most requests


def search_seldom() -> None:
    """Look at what start-up made no more, and at new objects less often: about a tenth of a request's work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
