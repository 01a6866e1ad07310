"""Sheets that are taken in: catalogues, and the paper lists of a group's members."""

from backend.people.imports.catalogues import CatalogueSheet, ItemDraft, as_workbook, read_catalogue
from backend.people.imports.members import COLUMNS, KIND_WORDS, MemberDraft, read_members

__all__ = [
    "COLUMNS",
    "KIND_WORDS",
    "CatalogueSheet",
    "ItemDraft",
    "MemberDraft",
    "as_workbook",
    "read_catalogue",
    "read_members",
]
