"""The room as a Django app."""

from backend.core.apps import RoomConfig


class AccountsConfig(RoomConfig):
    name = "backend.accounts"
    label = "accounts"
