"""Questions about sheets and marks."""

from competitions.scoring.selectors.desk import desk_of, seat_of, sheet_of
from competitions.scoring.selectors.official import official_marks, sheets_of_works
from competitions.scoring.selectors.progress import open_sheets, open_spreads, progress_of
from competitions.scoring.selectors.tabulating import marks_of, scheme_of, tabulation_of

__all__ = [
    "desk_of",
    "marks_of",
    "official_marks",
    "open_sheets",
    "open_spreads",
    "progress_of",
    "scheme_of",
    "seat_of",
    "sheet_of",
    "sheets_of_works",
    "tabulation_of",
]
