"""The ground floor as a Django app (it owns the durable job rows)."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """A room: when the apps are ready, its `wiring.plug()` is called, once."""

    def ready(self) -> None:
        from importlib import import_module
        from importlib.util import find_spec

        for module in ("wiring", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                found = import_module(f"{self.name}.{module}")
                if module == "wiring":
                    found.plug()


class CoreConfig(RoomConfig):
    name = "backend.core"
    label = "core"
