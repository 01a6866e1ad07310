"""Catalogues as workbooks or CSV files: columns, and rows as drafts with every error at its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backend.people.enums import CatalogueKind
from backend.people.errors import TextUnreadable
from backend.people.rulebook import level_of, parent_of
from backend.spreadsheets.columns import CellError, Column, Kind, Row
from backend.spreadsheets.reader import read_sheet
from backend.spreadsheets.writer import OutColumn, write_xlsx

COLUMNS = (
    Column("code", ("代码", "专业代码", "行业代码", "专业类代码", "code"), required=True, filled=True, kind=Kind.CODE),
    Column("name", ("名称", "专业名称", "行业名称", "类别名称", "name"), required=True, filled=True),
    Column("parent", ("上级代码", "parent"), kind=Kind.CODE),
)
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class CatalogueSheet:
    """What was read; name: of the sheet that held it."""

    name: str
    drafts: list[ItemDraft]
    errors: list[CellError]


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One line of a catalogue as the sheet says it; cell: where its code stands."""

    code: str
    name: str
    level: int
    parent_code: str
    cell: str


def as_workbook(content: bytes) -> bytes:
    """A CSV file as a workbook with the same cells, so that there is one reader; a workbook stays as it is.

    UTF-8 with or without a mark, else GB 18030, which is what Chinese spreadsheets write. Raises TextUnreadable.
    """
    if content.startswith(b"PK") or b"\0" in content[:4096]:
        return content
    rows = list(csv.reader(io.StringIO(_text(content))))
    width = max((len(row) for row in rows), default=0)
    if not width:
        return content
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return write_xlsx([OutColumn(title) for title in padded[0]], padded[1:], title="CSV")


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TextUnreadable


def read_catalogue(content: bytes, kind: CatalogueKind, *, known: Sequence[str] = ()) -> CatalogueSheet:
    """Every line and every error, all at once. known: codes that this edition has already (a yearly supplement)."""
    sheet = read_sheet(as_workbook(content), COLUMNS)
    drafts, errors, letter = [], list(sheet.errors), ""
    for row in sheet.rows:
        code = row.text("code").upper()
        level = level_of(kind, code)
        if level is None:
            if code and not row.broken("code"):
                errors.append(row.error("code", "CODE_SHAPE", _code_shape(kind)))
            continue
        letter = code if kind is CatalogueKind.INDUSTRIES and level == 1 else letter
        parent = row.text("parent").upper() or parent_of(kind, code, letter=letter)
        drafts.append(ItemDraft(code, row.text("name"), level, parent, row.cell("code")))
        errors += _name_errors(row)
    return CatalogueSheet(sheet.name, drafts, errors + _misplaced(drafts, set(known)))


def _code_shape(kind: CatalogueKind) -> str:
    if kind is CatalogueKind.MAJORS:
        return _("A code of majors has 2 digits (category), 4 (class) or 6 (major).")
    return _("A code of industries is a capital letter (section) or has 2, 3 or 4 digits.")


def _name_errors(row: Row) -> list[CellError]:
    if len(row.text("name")) <= LONGEST_NAME:
        return []
    return [row.error("name", "NAME_TOO_LONG", _("A name has at most %(n)s characters.") % {"n": LONGEST_NAME})]


def _misplaced(drafts: Sequence[ItemDraft], known: set[str]) -> list[CellError]:
    """Codes that stand twice, and those whose class above is nowhere."""
    first: dict[str, str] = {}
    errors = []
    for draft in drafts:
        if draft.code in first:
            told = _("This code stands in %(cell)s already. Keep one of the two rows.") % {"cell": first[draft.code]}
            errors.append(CellError(draft.cell, "CODE_TWICE", told))
        first.setdefault(draft.code, draft.cell)
    for draft in drafts:
        if draft.level > 1 and draft.parent_code not in first and draft.parent_code not in known:
            told = _("The class above, %(code)s, is neither in the sheet nor in this edition.")
            errors.append(CellError(draft.cell, "PARENT_UNKNOWN", told % {"code": draft.parent_code or "–"}))
    return errors
