"""What the ground floor plugs in: triggers after every migrate."""

from typing import Any

from django.db.models.signals import post_migrate

from backend.core import triggers


def _install(using: str = "default", **_: Any) -> None:
    triggers.install(using)


def plug() -> None:
    """Called once when the apps are ready."""
    post_migrate.connect(_install, dispatch_uid="core.triggers")
