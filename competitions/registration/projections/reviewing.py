"""The history of an entry's review in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backend.people.rulebook import mask_phone
from competitions.registration.enums import FIELD_WORDS, RETURN_REASONS, REVIEWERS, ROLE_WORDS, SEX_WORDS, VERDICTS
from competitions.registration.models import Entry, Review, ReviewPlan, Submission
from competitions.registration.projections.entries import member_lines
from competitions.registration.rulebook.reviewing import Change
from competitions.registration.selectors import roster
from competitions.registration.selectors.reviewing import Round, changed_since, rounds_of, since_verdicts


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The newest verdict of one step, and what changed since the submission it was about."""

    reviewer: Any
    verdict: Any
    tone: str
    at: Any
    reason: str
    number: int
    changes: list[ChangeLine]


def verdicts_so_far(entry: Entry) -> list[Verdict]:
    """What each reviewer said last, first step first: what the next reviewer builds on."""
    return [
        Verdict(
            REVIEWERS[each.review.reviewer],
            VERDICTS[each.review.verdict],
            "good" if each.review.verdict == "approve" else "warning",
            each.review.at,
            each.reason,
            each.submission.number,
            _change_lines(each.changes, each.names),
        )
        for each in since_verdicts(rounds_of(entry))
    ]


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One row of the list: whether it is new to every reviewer, what the last one said, and what changed since."""

    entry: Entry
    names: str
    first: bool
    said: str
    changed: list[str]


def waiting_lines(entries: Iterable[Entry]) -> list[WaitingLine]:
    entries = list(entries)
    since = changed_since(entries)
    return [_waiting_line(entry, since[entry.pk]) for entry in entries]


def _waiting_line(entry: Entry, since: tuple[Review, list[Change]] | None) -> WaitingLine:
    names = "、".join(line.name for line in member_lines(roster(entry)))
    if since is None:
        return WaitingLine(entry, names, True, "", [])
    review, changes = since
    said = str(REVIEWERS[review.reviewer]) + _(": ") + str(VERDICTS[review.verdict])
    return WaitingLine(entry, names, False, said, list(dict.fromkeys(str(FIELD_WORDS[c.field]) for c in changes)))


def reasons_of(plan: ReviewPlan) -> list[str]:
    """Sentences to pick from when an entry is returned: the plan's own, else the usual ones."""
    return list(plan.return_reasons) or [str(text) for text in RETURN_REASONS]


def _changes(found: Round) -> list[ChangeLine]:
    return _change_lines(found.changes, found.names)


def _change_lines(changes: Iterable[Change], names: Mapping[str, str]) -> list[ChangeLine]:
    return [
        ChangeLine(_who(names, c.member), FIELD_WORDS[c.field], _shown(c, c.before), _shown(c, c.after))
        for c in changes
    ]


def _who(names: Mapping[str, str], member: str) -> str:
    return names.get(member) or _("Team") if member else _("Team")


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
            (_who(found.names, str(r.member_uid or "")), FIELD_WORDS[r.field], r.reveal("text"))
            for r in review.remarks.all()
        ]
        lines.append(Told(REVIEWERS[review.reviewer], VERDICTS[review.verdict], review.at, reason, remarks))
    return lines
