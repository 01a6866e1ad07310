"""What every page of this room needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from backend.core.actor import Actor
from backend.core.errors import Invalid


def acting(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def show_problems(form: Any, invalid: Invalid, *, prefix: str = "") -> None:
    """Problems of a service at the fields they name, all others above the form."""
    for name, said in invalid.problems.items():
        field = f"{prefix}{name}" if f"{prefix}{name}" in form.fields else name
        for text in said if isinstance(said, list) else [said]:
            form.add_error(field if field in form.fields else None, text)
