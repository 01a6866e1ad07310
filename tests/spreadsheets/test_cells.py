from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from backend.spreadsheets.cells import BLANK, Reading, read_cell
from backend.spreadsheets.columns import Kind
from backend.spreadsheets.grid import Raw

CASES: list[tuple[Raw, Kind, Reading]] = [
    ("", Kind.TEXT, BLANK),
    ("\u3000 ", Kind.INTEGER, BLANK),
    (" 平台甲 ", Kind.TEXT, Reading("平台甲", fix="SPACES")),
    (2025.0, Kind.TEXT, Reading("2025")),
    (0.1 + 0.2, Kind.DECIMAL, Reading(Decimal("0.3"))),
    ("12.50", Kind.DECIMAL, Reading(Decimal("12.50"), fix="TEXT_AS_NUMBER")),
    ("1,234.5", Kind.DECIMAL, Reading(Decimal("1234.5"), fix="TEXT_AS_NUMBER")),
    ("0,5", Kind.DECIMAL, Reading(error="NOT_A_NUMBER")),
    ("1e3", Kind.DECIMAL, Reading(error="NOT_A_NUMBER")),
    (True, Kind.DECIMAL, Reading(error="NOT_A_NUMBER")),
    (123.0, Kind.CODE, Reading("123", fix="NUMBER_AS_TEXT")),
    (1.2345678901234567e17, Kind.CODE, Reading(error="DIGITS_LOST")),
    (4.107022004111472e17, Kind.ID_NUMBER, Reading(error="ID_NUMBER_STORED_AS_NUMBER")),
    (12345678, Kind.ID_NUMBER, Reading(error="ID_NUMBER_STORED_AS_NUMBER")),
    ("41030219841217873x", Kind.ID_NUMBER, Reading("41030219841217873X", fix="UPPER_X")),
    ("'41030219841217873X", Kind.ID_NUMBER, Reading("41030219841217873X", fix="CHARACTERS")),
    (13812345678.0, Kind.PHONE, Reading("13812345678", fix="NUMBER_AS_TEXT")),
    ("1381234567", Kind.PHONE, Reading(error="PHONE_SHAPE")),
    (datetime(2026, 1, 2), Kind.INTEGER, Reading(error="TURNED_INTO_DATE")),  # noqa: DTZ001
    (1.5, Kind.INTEGER, Reading(error="NOT_WHOLE")),
    ("2026年5月1日", Kind.DATE, Reading(date(2026, 5, 1), fix="TEXT_AS_DATE")),
    ("20260501", Kind.DATE, Reading(date(2026, 5, 1), fix="TEXT_AS_DATE")),
    (date(2026, 5, 1), Kind.DATE, Reading(date(2026, 5, 1))),
    ("2026-02-30", Kind.DATE, Reading(error="NOT_A_DATE")),
    (float("nan"), Kind.DECIMAL, Reading(error="DIGITS_LOST")),
    (float("inf"), Kind.INTEGER, Reading(error="NOT_WHOLE")),
    (1e300, Kind.INTEGER, Reading(error="NOT_WHOLE")),
    (float("nan"), Kind.TEXT, Reading(error="DIGITS_LOST")),
    (float("nan"), Kind.DATE, Reading(error="NOT_A_DATE")),
    (20260501.0, Kind.DATE, Reading(date(2026, 5, 1), fix="TEXT_AS_DATE")),
    ("长" * 2001, Kind.TEXT, Reading(error="TOO_LONG")),
]


@pytest.mark.parametrize(("raw", "kind", "reading"), CASES)
def test_a_cell_is_taken_tidied_or_refused_by_its_kind(raw: Raw, kind: Kind, reading: Reading) -> None:
    assert read_cell(raw, kind) == reading
