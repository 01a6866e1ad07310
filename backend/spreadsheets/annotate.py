"""The school's own workbook given back with its bad cells marked: same sheets, same rows, so that it can be
mended in place.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from backend.spreadsheets import refusals
from backend.spreadsheets.columns import CellError, Fix
from backend.spreadsheets.grid import Limits, open_workbook

_RED = PatternFill("solid", start_color="FFFFB3B3")
_AMBER = PatternFill("solid", start_color="FFFFE08A")
_MAX_COMMENT = 2_000


def annotate(
    content: bytes,
    *,
    sheet: str,
    errors: Iterable[CellError],
    fixes: Iterable[Fix] = (),
    limits: Limits | None = None,
) -> bytes:
    """The whole workbook with red cells for errors and amber ones for what was tidied, each with a comment.

    sheet: the name that `read_sheet` chose. A cell with several errors shows them all; one with both is red.
    Formulas, other sheets and row numbers stay as they were.
    """
    book = _load(content, limits or Limits())
    page = book[sheet]
    tidied = _gather((fix.cell, fix.message) for fix in fixes)
    wrong = _gather((error.cell, error.message) for error in errors)
    for cell, lines in tidied.items():
        if cell not in wrong:
            _mark(page, _anchor(page, cell), _AMBER, _("Tidied automatically"), lines)
    for cell, lines in wrong.items():
        _mark(page, _anchor(page, cell), _RED, _("To mend"), lines)
    page.parent.active = page.parent.index(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _load(content: bytes, limits: Limits) -> Any:
    guarded = open_workbook(content, limits)
    for place in guarded.sheets:
        guarded.scan(place)
    try:
        return load_workbook(io.BytesIO(content))
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, OSError) as error:
        # openpyxl is stricter than Excel about styles and drawings; the rows were read, only the copy is not
        # possible.
        raise refusals.copy_impossible() from error


def _gather(marks: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {}
    for cell, text in marks:
        lines = gathered.setdefault(cell, [])
        if text not in lines:
            lines.append(text)
    return gathered


def _anchor(page: Worksheet, cell: str) -> str:
    """Only the first cell of a merged range can carry a comment."""
    ranges = (merged for merged in page.merged_cells.ranges if cell in merged)
    return next((merged.start_cell.coordinate for merged in ranges), cell)


def _mark(page: Worksheet, at: str, fill: PatternFill, heading: str, lines: list[str]) -> None:
    cell = page[at]
    if isinstance(cell, MergedCell):
        return
    cell.fill = fill
    text = "\n".join([f"【{heading}】", *lines])
    if cell.comment is not None and cell.comment.text:
        text = f"{text}\n\n{cell.comment.text}"
    comment = Comment(text[:_MAX_COMMENT], _("Sheet check"))
    comment.width, comment.height = 320, 40 + 22 * (text.count("\n") + len(text) // 22)
    cell.comment = comment
