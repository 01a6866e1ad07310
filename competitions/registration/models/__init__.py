"""Entries and their members, and the staged imports they may come from."""

from competitions.registration.models.entries import ENTRY, Entry, EntryQuerySet, Member
from competitions.registration.models.imports import IMPORT, EntryImport, ImportRow

__all__ = ["ENTRY", "IMPORT", "Entry", "EntryImport", "EntryQuerySet", "ImportRow", "Member"]
