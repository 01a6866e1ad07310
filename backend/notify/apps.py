"""The room as a Django app."""

from backend.core.apps import RoomConfig


class NotifyConfig(RoomConfig):
    name = "backend.notify"
    label = "notify"
