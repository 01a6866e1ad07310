"""Schedules as plain values: what stands in each other's way, and what a new version changes."""

from competitions.venues.rulebook.changes import Change, changes
from competitions.venues.rulebook.clashes import Clash, Item, clashes

__all__ = ["Change", "Clash", "Item", "changes", "clashes"]
