"""Entries, imports and reviews as their pages show them."""

from competitions.registration.projections.entries import (
    entry_lines,
    fix_words,
    grid_columns,
    grid_rows,
    member_lines,
    missing_words,
    problem_lines,
)

__all__ = [
    "entry_lines",
    "fix_words",
    "grid_columns",
    "grid_rows",
    "member_lines",
    "missing_words",
    "problem_lines",
]
