"""The room as a Django app."""

from backend.core.apps import RoomConfig


class CredentialsConfig(RoomConfig):
    name = "certificates.credentials"
    label = "credentials"
