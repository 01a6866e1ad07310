"""The room as a Django app."""

from backend.core.apps import RoomConfig


class ResultsConfig(RoomConfig):
    name = "competitions.results"
    label = "results"
