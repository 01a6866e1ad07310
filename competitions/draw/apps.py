"""The room as a Django app."""

from backend.core.apps import RoomConfig


class DrawConfig(RoomConfig):
    name = "competitions.draw"
    label = "draw"
