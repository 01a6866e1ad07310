"""Damaged workbooks: whatever the damage, a list is read or the file is refused; nothing crashes."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.reader import read_sheet
from tests.spreadsheets.books import GOOD, HEADER, PEOPLE, book

SOUND = book(("报名表",), HEADER, GOOD, GOOD, 填写示例=[HEADER])


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One to four places overwritten, cut out or doubled."""
    torn = bytearray(data)
    for _place in range(chance.randrange(1, 5)):
        at = chance.randrange(len(torn))
        way = chance.choice(("overwrite", "cut", "double"))
        if way == "overwrite":
            torn[at] = chance.randrange(256)
        elif way == "cut" and len(torn) > 100:
            del torn[at : at + chance.randrange(1, 40)]
        else:
            torn[at:at] = torn[at : at + chance.randrange(1, 60)]
    return bytes(torn)


def with_one_damaged_part(chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice(old.namelist())
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, damaged(data, chance) if part == victim else data)
    return out.getvalue()


def outcome(content: bytes) -> str:
    try:
        return "read" if read_sheet(content, PEOPLE).rows else "nothing"
    except SheetRefused as refusal:
        return refusal.code


def outcomes(seed: int, times: int) -> set[str]:
    chance = random.Random(seed)
    torn = {outcome(damaged(SOUND, chance)) for _time in range(times)}
    return torn | {outcome(with_one_damaged_part(chance)) for _time in range(times)}


def test_random_damage_is_read_or_refused() -> None:
    assert {"read", "BROKEN_ZIP", "BROKEN_XML"} <= outcomes(seed=1, times=60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_much_random_damage_is_read_or_refused(seed: int) -> None:
    assert "nothing" not in outcomes(seed, times=1500)
