"""The ground floor as a Django app (it owns the durable job rows)."""

from typing import Any

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """A room: when the apps are ready, its `wiring.plug()` is called, once."""

    default = False  # Django takes a lone candidate of a module: this base, imported there, is none

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True

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
