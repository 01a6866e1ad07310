"""What is asked of a file, and what can be found against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Asked:
    """media_types: any of these; max_bytes: of the file as sent; min_pixels: (width, height) of a picture.

    photo: a person's likeness, kept as an upright JPEG; max_pixels: a picture with more is not even decoded.
    """

    media_types: tuple[str, ...]
    max_bytes: int
    min_pixels: tuple[int, int] = (0, 0)
    photo: bool = False
    max_pixels: int = 60_000_000


@dataclass(frozen=True)
class Finding:
    """Something against a file. code: a key of `errors.TEXTS`; values: what its sentence names."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)
