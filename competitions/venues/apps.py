"""The room as a Django app."""

from backend.core.apps import RoomConfig


class VenuesConfig(RoomConfig):
    name = "competitions.venues"
    label = "venues"
