"""Who there is: persons, organisations, the 20 groups with their members and offices, roles granted in a scope."""

from backend.people.models.catalogues import Catalogue, CatalogueItem
from backend.people.models.grants import Grant
from backend.people.models.groups import Group
from backend.people.models.identities import Organisation, OrganisationName, OwnAccount, Person, same_person
from backend.people.models.memberships import APPLICATION, OPEN, ApplicationStep, Membership, MembershipApplication
from backend.people.models.merges import MERGE, PersonMerge
from backend.people.models.offices import Committee, Office
from backend.people.models.statistics import StatisticColumn

__all__ = [
    "APPLICATION",
    "MERGE",
    "OPEN",
    "ApplicationStep",
    "Catalogue",
    "CatalogueItem",
    "Committee",
    "Grant",
    "Group",
    "Membership",
    "MembershipApplication",
    "Office",
    "Organisation",
    "OrganisationName",
    "OwnAccount",
    "Person",
    "PersonMerge",
    "StatisticColumn",
    "same_person",
]
