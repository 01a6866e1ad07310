"""The room as a Django app."""

from backend.core.apps import RoomConfig


class PeopleConfig(RoomConfig):
    name = "backend.people"
    label = "people"
