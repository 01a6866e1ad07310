"""The room as a Django app."""

from backend.core.apps import RoomConfig


class UiConfig(RoomConfig):
    name = "backend.ui"
    label = "ui"
