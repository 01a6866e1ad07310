"""The only writers of persons, organisations, groups and roles."""

from backend.people.services.catalogues import CatalogueTaken, import_catalogue, load_sample_catalogue
from backend.people.services.groups import end_committee, end_office, fill_office, found_committee, keep_group
from backend.people.services.inviting import Invited, invite_unit
from backend.people.services.memberships import (
    begin_application,
    decide_application,
    delete_draft,
    edit_application,
    end_membership,
    keep_member,
    record_member,
    submit_application,
    withdraw_application,
)
from backend.people.services.merging import ask_merge, merge_persons, refuse_merge
from backend.people.services.organisations import (
    load_groups,
    record_former_name,
    record_organisation,
    rename_organisation,
    set_oversight,
)
from backend.people.services.own_accounts import open_own_account, take_own_account
from backend.people.services.persons import PersonDraft, ensure_persons, id_number_index
from backend.people.services.registers import MembersTaken, import_members
from backend.people.services.roles import (
    Appointment,
    appoint,
    end_role,
    grant_role,
    issue_password_card,
    link_account,
    replace_second_factor,
)
from backend.people.services.sheets import keep_marked, marked_workbook
from backend.people.services.statistics import set_statistic_columns

__all__ = [
    "Invited",
    "invite_unit",
    "Appointment",
    "CatalogueTaken",
    "MembersTaken",
    "PersonDraft",
    "appoint",
    "begin_application",
    "decide_application",
    "delete_draft",
    "edit_application",
    "end_committee",
    "end_membership",
    "end_office",
    "end_role",
    "ensure_persons",
    "fill_office",
    "found_committee",
    "grant_role",
    "id_number_index",
    "import_catalogue",
    "import_members",
    "issue_password_card",
    "keep_marked",
    "keep_member",
    "keep_group",
    "link_account",
    "load_groups",
    "load_sample_catalogue",
    "marked_workbook",
    "record_former_name",
    "record_member",
    "record_organisation",
    "replace_second_factor",
    "set_oversight",
    "submit_application",
    "take_own_account",
    "withdraw_application",
    "ask_merge",
    "merge_persons",
    "open_own_account",
    "refuse_merge",
    "rename_organisation",
    "set_statistic_columns",
]
