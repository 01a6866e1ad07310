"""The room as a Django app."""

from backend.core.apps import RoomConfig


class SelectionConfig(RoomConfig):
    name = "backend.selection"
    label = "selection"
