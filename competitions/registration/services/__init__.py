"""The only writers of entries, imports, reviews and quotas."""

from competitions.registration.services.carding import (
    card_photos,
    confirm_roster,
    confirm_signed_rosters,
    issue_cards,
    replace_card,
)
from competitions.registration.services.carrying import carry_over
from competitions.registration.services.checked import CheckReport
from competitions.registration.services.checking import check_workbook
from competitions.registration.services.deciding import refuse_request, take_back_request
from competitions.registration.services.eligibility import state_facts
from competitions.registration.services.entering import enter_many
from competitions.registration.services.holding import (
    decide_holding,
    flag_short_events,
)
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
from competitions.registration.services.inviting import (
    OWN_FIELDS,
    Agreement,
    Handed,
    OwnWords,
    agree_late,
    complete_own,
    end_links,
    go_on_to_account,
    invite,
    open_account,
    take_account,
)
from competitions.registration.services.moving import (
    delete_draft,
    reopen_entry,
    submit_complete,
    submit_entry,
)
from competitions.registration.services.objecting import answer_objection, record_objection
from competitions.registration.services.opening import require_changeable, require_open
from competitions.registration.services.papering import hand_in_many
from competitions.registration.services.planning import set_review_plan
from competitions.registration.services.quotas import adjust_quota, end_adjustment, set_base
from competitions.registration.services.reviewing import (
    RemarkDraft,
    approve_entries,
    reject_entry,
    return_entries,
    return_entry,
)
from competitions.registration.services.substituting import (
    amend_entry,
    approve_substitution,
    ask_substitution,
)
from competitions.registration.services.taking_out import filled_template
from competitions.registration.services.withdrawing import (
    approve_withdrawal,
    ask_withdrawal,
    withdraw_entry,
)

__all__ = [
    "Agreement",
    "CheckReport",
    "Handed",
    "OWN_FIELDS",
    "OwnWords",
    "RemarkDraft",
    "adjust_quota",
    "agree_late",
    "amend_entry",
    "annotated_workbook",
    "card_photos",
    "answer_objection",
    "approve_entries",
    "approve_substitution",
    "approve_withdrawal",
    "ask_substitution",
    "ask_withdrawal",
    "carry_over",
    "check_import",
    "check_workbook",
    "complete_own",
    "confirm_import",
    "confirm_roster",
    "confirm_signed_rosters",
    "decide_holding",
    "delete_draft",
    "discard_import",
    "end_adjustment",
    "end_links",
    "enter_many",
    "filled_template",
    "flag_short_events",
    "hand_in_many",
    "go_on_to_account",
    "invite",
    "open_account",
    "issue_cards",
    "purge_imports",
    "recheck_import",
    "record_objection",
    "refuse_request",
    "reject_entry",
    "reopen_entry",
    "replace_card",
    "require_changeable",
    "require_open",
    "return_entries",
    "return_entry",
    "set_base",
    "set_review_plan",
    "stage_import",
    "state_facts",
    "submit_complete",
    "submit_entry",
    "take_back_request",
    "take_account",
    "take_name",
    "withdraw_entry",
]
