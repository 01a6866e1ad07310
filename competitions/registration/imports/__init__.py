"""The registration workbook: its columns, and what a row of it says."""

from competitions.registration.imports.columns import COLUMNS, EXAMPLE, SHOWN
from competitions.registration.imports.drafts import ReadRow, read_row

__all__ = ["COLUMNS", "EXAMPLE", "SHOWN", "ReadRow", "read_row"]
