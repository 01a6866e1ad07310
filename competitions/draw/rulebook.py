"""How codes are made: random, never in the order of anything a school could be read from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from random import Random

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"  # no letter that looks like a digit


def fresh_codes(count: int, random: Random, *, letters: str = LETTERS) -> list[str]:
    """`count` different codes such as B17 in random order; gaps between them tell nothing about their number."""
    per_letter = 90
    width = min(len(letters), max(4, -(-count * 3 // per_letter)))
    pool = [f"{letter}{number:02d}" for letter in letters[:width] for number in range(1, per_letter + 1)]
    if count > len(pool):
        pool = [f"{a}{b}{n:02d}" for a in letters for b in letters for n in range(1, 100)]
    return random.sample(pool, count)


def station_codes(stations: Sequence[str], count: int, random: Random) -> list[str]:
    """The codes of `count` random stations."""
    return random.sample(list(stations), count)


def table_sha256(pairs: Iterable[tuple[str, str]]) -> str:
    """The hash of a layer's table, independent of the order of its lines."""
    canonical = json.dumps(sorted(pairs), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
