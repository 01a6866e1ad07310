"""The room as a Django app."""

from backend.core.apps import RoomConfig


class SpreadsheetsConfig(RoomConfig):
    name = "backend.spreadsheets"
    label = "spreadsheets"
