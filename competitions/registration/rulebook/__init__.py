"""Who may enter and how an entry goes through its reviewers. Plain values in, findings out."""

from competitions.registration.rulebook.entries import (
    CONTESTANT,
    INSTRUCTOR,
    LEADER,
    ROLES,
    SEX_LETTERS,
    Claim,
    EntryDraft,
    Finding,
    MemberDraft,
    Standing,
    gaps_of,
    judge_age,
    judge_member,
    judge_people,
    judge_rows,
    surplus_of,
)

__all__ = [
    "CONTESTANT",
    "INSTRUCTOR",
    "LEADER",
    "ROLES",
    "SEX_LETTERS",
    "Claim",
    "EntryDraft",
    "Finding",
    "MemberDraft",
    "Standing",
    "gaps_of",
    "judge_age",
    "judge_member",
    "judge_people",
    "judge_rows",
    "surplus_of",
]
