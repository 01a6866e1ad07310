"""How a column's known values become a CHECK of the database."""

from __future__ import annotations

from typing import Any

from django.db import models


def known(field: str, values: Any, name: str) -> models.CheckConstraint:
    """The database takes nothing but these values."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": [str(v) for v in values]}), name=name)
