"""The room as a Django app."""

from backend.core.apps import RoomConfig


class DocumentsConfig(RoomConfig):
    name = "backend.documents"
    label = "documents"
