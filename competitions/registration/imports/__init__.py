"""The registration workbook: its columns, and what a row of it says."""

from competitions.registration.imports.columns import COLUMNS, EXAMPLE, SHOWN, columns_for
from competitions.registration.imports.drafts import (
    DIVISION_WORDS,
    ID_TYPE_WORDS,
    ROLE_WORDS,
    SEX_WORDS,
    ReadRow,
    read_row,
)

__all__ = [
    "COLUMNS",
    "DIVISION_WORDS",
    "EXAMPLE",
    "ID_TYPE_WORDS",
    "ROLE_WORDS",
    "SEX_WORDS",
    "SHOWN",
    "ReadRow",
    "columns_for",
    "read_row",
]
