"""Questions about people, their roles, the organisations they act for, and the groups."""

from backend.people.selectors.catalogues import (
    catalogue_in_force,
    class_name,
    items_of,
)
from backend.people.selectors.memberships import (
    applications_of,
    former_members_of,
    members_of,
    returned_to,
    waiting_for,
)
from backend.people.selectors.organisations import (
    match_organisation,
    match_organisations,
    name_key,
    organisation_of,
    organisations_found,
    propose_for,
    propose_organisations,
)
from backend.people.selectors.persons import (
    Holding,
    holdings_of,
    merged_keys,
    merges_of,
    merges_waiting,
    objections_to,
    person_by_number,
)
from backend.people.selectors.roles import (
    RANK,
    SEAT_ROLES,
    actor_for,
    grants_of,
    officers_of,
    role_holders,
    role_holders_in,
)

__all__ = [
    "RANK",
    "SEAT_ROLES",
    "actor_for",
    "applications_of",
    "catalogue_in_force",
    "class_name",
    "former_members_of",
    "grants_of",
    "items_of",
    "match_organisation",
    "match_organisations",
    "members_of",
    "name_key",
    "officers_of",
    "organisation_of",
    "organisations_found",
    "propose_for",
    "propose_organisations",
    "returned_to",
    "role_holders",
    "role_holders_in",
    "waiting_for",
    "Holding",
    "holdings_of",
    "merged_keys",
    "merges_of",
    "merges_waiting",
    "objections_to",
    "person_by_number",
]
