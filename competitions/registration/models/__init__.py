"""Entries and their members, quota accounts, staged imports, and the review that entries go through."""

from competitions.registration.models.entries import ENTRY, FIXED, Entry, EntryQuerySet, Member, organised_by
from competitions.registration.models.imports import IMPORT, EntryImport, ImportRow
from competitions.registration.models.inviting import GuardianConsent, Invitation
from competitions.registration.models.quotas import Fact, QuotaAccount, QuotaAdjustment
from competitions.registration.models.review import (
    OBJECTION,
    SUBSTITUTION,
    WITHDRAWAL,
    EntryCard,
    EntryObjection,
    Remark,
    Review,
    ReviewPlan,
    Submission,
    Substitution,
    Withdrawal,
)

__all__ = [
    "ENTRY",
    "FIXED",
    "IMPORT",
    "OBJECTION",
    "SUBSTITUTION",
    "WITHDRAWAL",
    "Entry",
    "EntryCard",
    "EntryImport",
    "EntryObjection",
    "EntryQuerySet",
    "GuardianConsent",
    "Fact",
    "ImportRow",
    "Invitation",
    "Member",
    "QuotaAccount",
    "QuotaAdjustment",
    "Remark",
    "Review",
    "ReviewPlan",
    "Submission",
    "Substitution",
    "Withdrawal",
    "organised_by",
]
