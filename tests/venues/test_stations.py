"""Stations come one by one or as a range."""

from __future__ import annotations

import pytest

from backend.core.errors import Invalid
from competitions.venues.services import station_range


@pytest.mark.parametrize(
    ("written", "codes"),
    [("A07", ["A07"]), ("a08-A10", ["A08", "A09", "A10"]), ("B1–3", ["B1", "B2", "B3"]), ("7~8", ["7", "8"])],
)
def test_a_range_names_its_stations(written: str, codes: list[str]) -> None:
    assert station_range(written) == codes


@pytest.mark.parametrize("written", ["", "A10-A01", "A01-B03", "A01-A999", "赛位"])
def test_what_is_no_range_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        station_range(written)
