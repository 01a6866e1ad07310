"""The room as a Django app."""

from backend.core.apps import RoomConfig


class ScoringConfig(RoomConfig):
    name = "competitions.scoring"
    label = "scoring"
