"""Texts with places, and when a failed copy is tried again: pure values, no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

PLACE = re.compile(r"\{([^{}]*)\}")
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]


@dataclass(frozen=True, slots=True)
class Text:
    """What is written, in Chinese and, where wished, in English."""

    subject_zh: str
    body_zh: str
    subject_en: str = ""
    body_en: str = ""


def places_of(text: str) -> list[str]:
    """The names between braces, each once, in the order in which they are written."""
    return list(dict.fromkeys(name.strip() for name in PLACE.findall(text)))


def unknown_places(texts: Iterable[str], offered: Iterable[str]) -> list[str]:
    """Places that nobody will fill: a typing error that would otherwise reach every reader."""
    known = set(offered)
    return list(dict.fromkeys(name for text in texts for name in places_of(text) if name not in known))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; values are never read as texts with places again."""
    return PLACE.sub(lambda found: values.get(found[1].strip(), ""), text)


def ways_to(chosen: Iterable[str], *, has: Iterable[str], spare: str, duty: bool) -> list[str]:
    """By which of the chosen channels somebody without an account is written to.

    has: channels for which an address is known; spare: the one that is used only when there is no other way, or when
    the reader must know.
    """
    known = set(has)
    open_ways = [channel for channel in chosen if channel in known]
    return open_ways if duty or open_ways == [spare] else [channel for channel in open_ways if channel != spare]


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts failed, None when it is given up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
