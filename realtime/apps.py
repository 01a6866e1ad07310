"""The room as a Django app."""

from backend.core.apps import RoomConfig


class RealtimeConfig(RoomConfig):
    name = "realtime"
    label = "realtime"
