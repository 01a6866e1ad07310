"""The room as a Django app."""

from backend.core.apps import RoomConfig


class BoardsConfig(RoomConfig):
    name = "competitions.boards"
    label = "boards"
