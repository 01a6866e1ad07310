"""The room as a Django app."""

from backend.core.apps import RoomConfig


class AuditConfig(RoomConfig):
    name = "backend.audit"
    label = "audit"
