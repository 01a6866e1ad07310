"""The only writers of contests: making editions and events, adopting and signing rules, moving events, new dates."""

from competitions.contests.services.changes import postpone_edition, postpone_event, preview_postponement
from competitions.contests.services.editions import add_track, copy_edition, create_edition, load_families
from competitions.contests.services.events import create_event, edit_event
from competitions.contests.services.holding import decide_holding, flag_too_few
from competitions.contests.services.hosting import COMMISSION_PAPER, Scan, commission_hosts, name_hosts
from competitions.contests.services.moving import close_registration, locked_event, move_event, open_registration
from competitions.contests.services.officers import appoint_organiser, end_organising, let_organise
from competitions.contests.services.rules import (
    adopt_edition_rules,
    adopt_rules,
    sign_off_edition_rules,
    sign_off_rules,
)

__all__ = [
    "COMMISSION_PAPER",
    "Scan",
    "add_track",
    "adopt_edition_rules",
    "adopt_rules",
    "appoint_organiser",
    "close_registration",
    "commission_hosts",
    "copy_edition",
    "create_edition",
    "create_event",
    "decide_holding",
    "edit_event",
    "end_organising",
    "flag_too_few",
    "let_organise",
    "load_families",
    "locked_event",
    "move_event",
    "name_hosts",
    "open_registration",
    "postpone_edition",
    "postpone_event",
    "preview_postponement",
    "sign_off_edition_rules",
    "sign_off_rules",
]
