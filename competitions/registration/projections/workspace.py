"""The school's workspace in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from competitions.contests.projections import remaining_words
from competitions.registration.enums import ENTRY_STATES, FIELD_WORDS
from competitions.registration.models import Entry
from competitions.registration.selectors.workspace import EventWork


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One event. states: (words, tone, number) of the teams; back and lacking: (team, what is to be done)."""

    work: EventWork
    remaining: str
    states: list[tuple[Any, str, int]]
    back: list[tuple[Entry, str]]
    lacking: list[tuple[Entry, str]]


def work_lines(works: Sequence[EventWork]) -> list[WorkLine]:
    return [_line(work) for work in works]


def _line(work: EventWork) -> WorkLine:
    states = [(words, tone, work.counts[state]) for state, (words, tone) in ENTRY_STATES.items() if work.counts[state]]
    back = [(r.entry, _reason(r.reason, r.fields)) for r in work.returned]
    lacking = [(entry, "; ".join(gap_words(role, n) for role, n in gaps)) for entry, gaps in work.lacking]
    return WorkLine(work, remaining_words(work.event), states, back, lacking)


def gap_words(role: str, n: int) -> str:
    words = {
        "contestant": _("contestants missing: %(n)s"),
        "instructor": _("instructors missing: %(n)s"),
        "leader": _("leaders missing: %(n)s"),
    }
    return words[role] % {"n": n}


def _reason(reason: str, fields: Sequence[tuple[str, str]]) -> str:
    said = [f"{FIELD_WORDS.get(name, name)}: {text}" for name, text in fields]
    return "; ".join([reason, *said] if reason else said)
