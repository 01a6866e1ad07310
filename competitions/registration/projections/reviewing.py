"""The history of an entry's review in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backend.people.rulebook import mask_phone
from competitions.registration.enums import FIELD_WORDS, REVIEWERS, ROLE_WORDS, SEX_WORDS, VERDICTS
from competitions.registration.models import Entry, Submission
from competitions.registration.rulebook.reviewing import Change
from competitions.registration.selectors.reviewing import Round, rounds_of


@dataclass(frozen=True, slots=True)
class ChangeLine:
    who: str
    what: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One verdict: by which kind of reviewer, when, why, and the remarks at fields."""

    reviewer: Any
    verdict: Any
    at: Any
    reason: str
    remarks: list[tuple[str, Any, str]]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    submission: Submission
    changes: list[ChangeLine]
    told: list[Told]


def history(entry: Entry) -> list[HistoryLine]:
    """Every submission with what changed and what was said about it, the newest first."""
    return [HistoryLine(r.submission, _changes(r), _told(r)) for r in rounds_of(entry)]


def _changes(found: Round) -> list[ChangeLine]:
    return [
        ChangeLine(_who(found, c.member), FIELD_WORDS[c.field], _shown(c, c.before), _shown(c, c.after))
        for c in found.changes
    ]


def _who(found: Round, member: str) -> str:
    return found.names.get(member) or _("Team") if member else _("Team")


def _shown(change: Change, text: str) -> str:
    if change.field == "phone":
        return mask_phone(text)
    if change.field == "role":
        return str(ROLE_WORDS.get(text, text)) or "–"
    return str(SEX_WORDS.get(text, text) if change.field == "sex" else text) or "–"


def _told(found: Round) -> list[Told]:
    lines = []
    for review, reason in found.reviews:
        remarks = [
            (_who(found, str(r.member_uid or "")), FIELD_WORDS[r.field], r.reveal("text")) for r in review.remarks.all()
        ]
        lines.append(Told(REVIEWERS[review.reviewer], VERDICTS[review.verdict], review.at, reason, remarks))
    return lines
