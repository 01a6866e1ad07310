"""What becomes of last year's events when their edition is copied: which are held, with which code and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_DAY = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of a document that differs; None: not there."""

    path: str
    before: Any
    after: Any


def held_in(cadence: str, year: int) -> bool:
    """Whether an event that comes `yearly`, in `odd` or in `even` years is held in the edition of that year."""
    return cadence == "yearly" or (year % 2 == 1) == (cadence == "odd")


def renewed_code(code: str, old_year: int, year: int) -> str:
    """The code for the new year: the year in it changes, one without a year gets it at its end (40 places at most)."""
    parts = code.split("-")
    if str(old_year) in parts:
        return "-".join(str(year) if part == str(old_year) else part for part in parts)
    return f"{code[:35]}-{year}"


def shifted_day(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def shifted_dates(document: Any, years: int) -> Any:
    """A rules document with every value that is a day moved by whole years; everything else as it was."""
    if isinstance(document, Mapping):
        return {key: shifted_dates(value, years) for key, value in document.items()}
    if isinstance(document, list):
        return [shifted_dates(value, years) for value in document]
    if isinstance(document, str) and _DAY.match(document):
        try:
            return shifted_day(date.fromisoformat(document), years).isoformat()
        except ValueError:
            return document
    return document


def differences(before: Any, after: Any, path: str = "$") -> Iterator[Difference]:
    """Every place where two documents differ, by path; a part that is only in one of them is told as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            yield from differences(before.get(key), after.get(key), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, pair in enumerate(zip(before, after, strict=True)):
            yield from differences(*pair, f"{path}[{place}]")
    elif before != after:
        yield Difference(path, before, after)
