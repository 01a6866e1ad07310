"""Entries, imports and reviews as their pages show them."""

from competitions.registration.projections.entries import (
    ACTIONS,
    entry_lines,
    fix_words,
    grid_columns,
    grid_rows,
    member_lines,
    missing_words,
    problem_lines,
)

__all__ = [
    "ACTIONS",
    "entry_lines",
    "fix_words",
    "grid_columns",
    "grid_rows",
    "member_lines",
    "missing_words",
    "problem_lines",
]
