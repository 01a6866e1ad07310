"""The room as a Django app."""

from backend.core.apps import RoomConfig


class ContestsConfig(RoomConfig):
    name = "competitions.contests"
    label = "contests"
