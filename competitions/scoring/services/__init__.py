"""The only writers of schemes, sheets and marks."""

from competitions.scoring.services.marking import MarkItem, Verdict, record_marks
from competitions.scoring.services.schemes import import_scheme, lock_scheme, open_scoring
from competitions.scoring.services.seats import Handover, replace_seat
from competitions.scoring.services.submitting import submit_sheet
from competitions.scoring.services.works import correct_status, note_status

__all__ = [
    "Handover",
    "MarkItem",
    "Verdict",
    "import_scheme",
    "lock_scheme",
    "correct_status",
    "note_status",
    "open_scoring",
    "record_marks",
    "replace_seat",
    "submit_sheet",
]
