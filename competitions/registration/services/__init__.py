"""The only writers of entries and imports."""

from competitions.registration.services.checking import CheckReport, check_workbook
from competitions.registration.services.entering import enter_many, require_open
from competitions.registration.services.importing import (
    annotated_workbook,
    check_import,
    confirm_import,
    discard_import,
    purge_imports,
    recheck_import,
    stage_import,
    take_name,
)
from competitions.registration.services.moving import (
    delete_draft,
    reopen_entry,
    submit_complete,
    submit_entry,
    withdraw_entry,
)

__all__ = [
    "CheckReport",
    "annotated_workbook",
    "check_import",
    "check_workbook",
    "confirm_import",
    "delete_draft",
    "discard_import",
    "enter_many",
    "purge_imports",
    "recheck_import",
    "reopen_entry",
    "require_open",
    "stage_import",
    "submit_complete",
    "submit_entry",
    "take_name",
    "withdraw_entry",
]
