"""The only writers of entries and imports."""

from competitions.registration.services.carding import confirm_roster, issue_cards, replace_card
from competitions.registration.services.checking import CheckReport, check_workbook
from competitions.registration.services.entering import enter_many, require_changeable, require_open
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
from competitions.registration.services.inviting import OWN_FIELDS, Agreement, Handed, OwnWords, complete_own, invite
from competitions.registration.services.moving import (
    delete_draft,
    reopen_entry,
    submit_complete,
    submit_entry,
    withdraw_entry,
)
from competitions.registration.services.objecting import answer_objection, record_objection
from competitions.registration.services.planning import set_review_plan
from competitions.registration.services.reviewing import RemarkDraft, approve_entries, reject_entry, return_entry
from competitions.registration.services.substituting import (
    amend_entry,
    approve_substitution,
    ask_substitution,
    refuse_substitution,
    take_back_substitution,
)
from competitions.registration.services.taking_out import filled_template

__all__ = [
    "OWN_FIELDS",
    "Agreement",
    "RemarkDraft",
    "amend_entry",
    "answer_objection",
    "approve_entries",
    "approve_substitution",
    "ask_substitution",
    "confirm_roster",
    "issue_cards",
    "record_objection",
    "refuse_substitution",
    "reject_entry",
    "replace_card",
    "return_entry",
    "set_review_plan",
    "take_back_substitution",
    "CheckReport",
    "annotated_workbook",
    "check_import",
    "check_workbook",
    "confirm_import",
    "delete_draft",
    "discard_import",
    "complete_own",
    "enter_many",
    "filled_template",
    "Handed",
    "OwnWords",
    "invite",
    "purge_imports",
    "recheck_import",
    "reopen_entry",
    "require_changeable",
    "require_open",
    "stage_import",
    "submit_complete",
    "submit_entry",
    "take_name",
    "withdraw_entry",
]
