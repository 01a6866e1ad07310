"""The roof as a Django app: start-up checks, commands and the demo season."""

from backend.core.apps import RoomConfig


class RoofConfig(RoomConfig):
    name = "backend.config"
    label = "roof"
