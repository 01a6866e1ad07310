"""A long sheet as several small workbooks, each with some of its rows.

The value reader loads all of a sheet at once, two kilobytes and more for each row of a list. Given some rows at a
time, it needs no more for a hundred thousand rows than for one thousand.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from backend.spreadsheets.guard import part_chunks
from backend.spreadsheets.scan import Scan


def small_workbooks(package: zipfile.ZipFile, part: str, scan: Scan, shared: Iterable[str]) -> Iterator[bytes]:
    """Workbooks that hold the rows between two cuts each, in order. shared: the parts that each takes along."""
    along = {name: b"".join(part_chunks(package, name)) for name in shared}
    parted = _parted(package, part, scan.cuts)
    head, last = next(parted), len(scan.cuts)
    for n, rows in enumerate(parted, start=1):
        yield _package({**along, part: head + rows + (b"" if n == last else scan.closing)})


def _parted(package: zipfile.ZipFile, part: str, cuts: Iterable[int]) -> Iterator[bytes]:
    held, begun = bytearray(), 0
    ends = iter(cuts)
    end = next(ends, None)
    for chunk in part_chunks(package, part):
        held += chunk
        while end is not None and end <= begun + len(held):
            yield bytes(held[: end - begun])
            del held[: end - begun]
            begun, end = end, next(ends, None)
    yield bytes(held)


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return out.getvalue()
