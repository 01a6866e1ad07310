"""Which kind of organisation stands behind which kind of member."""

from __future__ import annotations

from backend.people.enums import MemberKind, OrganisationKind

KIND_OF = {  # what an organisation is that is recorded because it joins as a member of this kind
    MemberKind.SCHOOL: OrganisationKind.SCHOOL,
    MemberKind.ASSOCIATION: OrganisationKind.ASSOCIATION,
    MemberKind.COMPANY: OrganisationKind.ENTERPRISE,
    MemberKind.INSTITUTE: OrganisationKind.INSTITUTE,
    MemberKind.OTHER: OrganisationKind.OTHER,
}
_MEMBER_OF = {organisation: member for member, organisation in KIND_OF.items()}
_MEMBER_OF[OrganisationKind.EVALUATION] = MemberKind.COMPANY


def likely_member_kind(organisation_kind: str) -> MemberKind:
    """As what an organisation of that kind would join: offered in a form, never written unseen."""
    return _MEMBER_OF.get(OrganisationKind(organisation_kind), MemberKind.OTHER)
