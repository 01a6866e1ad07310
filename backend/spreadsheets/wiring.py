"""What the spreadsheets plug in: lists of the rooms below as Excel files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend.spreadsheets.columns import Value
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.registry import workbook_writer


def write_list(title: str, columns: Iterable[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet of text columns."""
    return write_xlsx([OutColumn(name, width) for name, width in columns], rows, title=title)


def plug() -> None:
    """Called once when the apps are ready."""
    workbook_writer(write_list)
