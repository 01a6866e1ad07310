"""The room as a Django app."""

from backend.core.apps import RoomConfig


class RegistrationConfig(RoomConfig):
    name = "competitions.registration"
    label = "registration"
