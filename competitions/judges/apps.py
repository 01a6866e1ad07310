"""The room as a Django app."""

from backend.core.apps import RoomConfig


class JudgesConfig(RoomConfig):
    name = "competitions.judges"
    label = "judges"
