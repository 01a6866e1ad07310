"""Kinds that people and organisations come in; labels are translated where they are shown."""

from enum import StrEnum


class Role(StrEnum):
    SYS_ADMIN = "sys_admin"
    GROUP_SECRETARY = "group_secretary"
    ORGANISER = "organiser"
    SCHOOL_COORDINATOR = "school_coordinator"
    BUREAU_REVIEWER = "bureau_reviewer"
    CHIEF_JUDGE = "chief_judge"
    SUPERVISOR = "supervisor"
    JUDGE = "judge"
    EXPERT = "expert"
    CHECKIN_OFFICER = "checkin_officer"
    CONTESTANT = "contestant"


class ScopeKind(StrEnum):
    SYSTEM = "system"
    GROUP = "group"
    ORGANISATION = "organisation"
    EVENT = "event"
    SEAT = "seat"
    CALL = "call"
    PERSON = "person"


class OrganisationKind(StrEnum):
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    EVALUATION = "evaluation"
    BUREAU = "bureau"
    ASSOCIATION = "association"
    INSTITUTE = "institute"
    OTHER = "other"


class IdType(StrEnum):
    RESIDENT = "resident"
    HMT_RESIDENCE = "hmt_residence"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    OTHER = "other"


class MemberKind(StrEnum):
    """The founding notice's kinds of members."""

    SCHOOL = "school"
    ASSOCIATION = "association"
    COMPANY = "company"
    INSTITUTE = "institute"
    OTHER = "other"


class LegalForm(StrEnum):
    """As what a group exists; the founding notice names the first three ways of running it."""

    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise"
    OTHER = "other"
    NONE = "none"


class Purpose(StrEnum):
    """What a membership application asks for."""

    JOIN = "join"
    LEAVE = "leave"


class Body(StrEnum):
    """A group's bodies in which people hold offices."""

    COUNCIL = "council"
    SECRETARIAT = "secretariat"
    COMMITTEE = "committee"


class CatalogueKind(StrEnum):
    """专业目录 and 国民经济行业分类."""

    MAJORS = "majors"
    INDUSTRIES = "industries"


class StatisticSheet(StrEnum):
    """The two lists of the yearly report to the national statistics platform."""

    MEMBERS = "members"
    ACTIVITIES = "activities"
