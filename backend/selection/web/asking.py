"""Problems of a service at the fields of a form."""

from __future__ import annotations

from typing import Any

from backend.core.errors import Invalid


def show_problems(form: Any, invalid: Invalid, *, prefix: str = "") -> None:
    """Problems of a service at the fields they name, all others above the form."""
    for name, said in invalid.problems.items():
        field = f"{prefix}{name}" if f"{prefix}{name}" in form.fields else name
        for text in said if isinstance(said, list) else [said]:
            form.add_error(field if field in form.fields else None, text)
