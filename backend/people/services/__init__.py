"""The only writers of persons, organisations, groups and roles."""

from backend.people.services.organisations import (
    load_groups,
    record_former_name,
    record_organisation,
    set_oversight,
)
from backend.people.services.persons import PersonDraft, ensure_persons, id_number_index
from backend.people.services.roles import Appointment, appoint, end_role, grant_role, issue_password_card, link_account

__all__ = [
    "Appointment",
    "PersonDraft",
    "appoint",
    "end_role",
    "ensure_persons",
    "grant_role",
    "id_number_index",
    "issue_password_card",
    "link_account",
    "load_groups",
    "record_former_name",
    "record_organisation",
    "set_oversight",
]
