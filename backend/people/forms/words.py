"""The words for kinds and states, the same on every page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from backend.people.enums import Body, CatalogueKind, IdType, LegalForm, MemberKind, OrganisationKind, Purpose

KINDS: dict[str, Any] = {
    OrganisationKind.SCHOOL: gettext_lazy("School"),
    OrganisationKind.ENTERPRISE: gettext_lazy("Enterprise"),
    OrganisationKind.EVALUATION: gettext_lazy("Evaluation organisation"),
    OrganisationKind.BUREAU: gettext_lazy("Education bureau"),
    OrganisationKind.ASSOCIATION: gettext_lazy("Industry association"),
    OrganisationKind.INSTITUTE: gettext_lazy("Research institute"),
    OrganisationKind.OTHER: gettext_lazy("Other organisation"),
}
MEMBER_KINDS: dict[str, Any] = {
    MemberKind.SCHOOL: gettext_lazy("Vocational school"),
    MemberKind.ASSOCIATION: gettext_lazy("Industry organisation"),
    MemberKind.COMPANY: gettext_lazy("Enterprise or public institution"),
    MemberKind.INSTITUTE: gettext_lazy("Research institute"),
    MemberKind.OTHER: gettext_lazy("Other member"),
}
LEGAL_FORMS: dict[str, Any] = {
    LegalForm.NONE: gettext_lazy("No legal person yet"),
    LegalForm.ENTERPRISE: gettext_lazy("Enterprise"),
    LegalForm.SCHOOL: gettext_lazy("School"),
    LegalForm.PRIVATE_NON_ENTERPRISE: gettext_lazy("Private non-enterprise unit"),
    LegalForm.OTHER: gettext_lazy("Other legal person"),
}
PURPOSES: dict[str, Any] = {Purpose.JOIN: gettext_lazy("Join"), Purpose.LEAVE: gettext_lazy("Leave")}
BODIES: dict[str, Any] = {
    Body.COUNCIL: gettext_lazy("Council"),
    Body.SECRETARIAT: gettext_lazy("Secretariat"),
    Body.COMMITTEE: gettext_lazy("Specialty committee"),
}
APPLICATION_STATES: dict[str, tuple[Any, str]] = {
    "draft": (gettext_lazy("Draft"), "muted"),
    "submitted": (gettext_lazy("Awaits decision"), "wait"),
    "returned": (gettext_lazy("Returned for mending"), "warning"),
    "accepted": (gettext_lazy("Accepted"), "good"),
    "refused": (gettext_lazy("Refused"), "danger"),
    "withdrawn": (gettext_lazy("Taken back"), "muted"),
    "left": (gettext_lazy("Has left"), "muted"),
}
MERGE_STATES: dict[str, tuple[Any, str]] = {
    "asked": (gettext_lazy("Awaits the second officer"), "wait"),
    "merged": (gettext_lazy("Merged"), "good"),
    "refused": (gettext_lazy("Left as they are"), "muted"),
}
ID_TYPES: dict[str, Any] = {
    IdType.RESIDENT: gettext_lazy("Resident identity card"),
    IdType.HMT_RESIDENCE: gettext_lazy("Residence permit (Hong Kong, Macao, Taiwan)"),
    IdType.HK_MACAU_PERMIT: gettext_lazy("Travel permit (Hong Kong, Macao)"),
    IdType.TAIWAN_PERMIT: gettext_lazy("Travel permit (Taiwan)"),
    IdType.PASSPORT: gettext_lazy("Passport"),
    IdType.OTHER: gettext_lazy("Other document"),
}
STEPS: dict[str, Any] = {
    "submit": gettext_lazy("Submitted"),
    "return": gettext_lazy("Returned for mending"),
    "accept": gettext_lazy("Accepted"),
    "refuse": gettext_lazy("Refused"),
    "withdraw": gettext_lazy("Taken back"),
    "leave": gettext_lazy("Has left"),
}
CATALOGUES: dict[str, Any] = {
    CatalogueKind.MAJORS: gettext_lazy("Majors of vocational education"),
    CatalogueKind.INDUSTRIES: gettext_lazy("Industries of the national economy (GB/T 4754)"),
}
