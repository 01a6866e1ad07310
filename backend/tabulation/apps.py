"""The room as a Django app."""

from backend.core.apps import RoomConfig


class TabulationConfig(RoomConfig):
    name = "backend.tabulation"
    label = "tabulation"
