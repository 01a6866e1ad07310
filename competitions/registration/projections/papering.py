"""What became of each of many files, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.errors import DomainError, Invalid
from backend.ui.words import joined
from competitions.registration.models import Entry
from competitions.registration.selectors.papers import Fate, Outcome

WORDS: dict[Fate, tuple[Any, str]] = {  # fate: (what it means and what to do, tone)
    Fate.TAKEN: (gettext_lazy("The file is handed in."), "good"),
    Fate.THERE: (gettext_lazy("There is one already; it was left as it is. Replace it on the team's page."), "info"),
    Fate.NOBODY: (
        gettext_lazy("No contestant's name or number is in the name of this file. Rename it, or use the team's page."),
        "warning",
    ),
    Fate.SEVERAL: (
        gettext_lazy("Several contestants fit the name of this file. Add the study number, or use the team's page."),
        "warning",
    ),
    Fate.TWICE: (
        gettext_lazy(
            "Another of these files is this contestant's already. Only one is kept: choose it on the team's page."
        ),
        "warning",
    ),
}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """person, entry: whose file it is, where that is known."""

    file_name: str
    words: str
    tone: str
    person: str
    entry: Entry | None


def outcome_lines(outcomes: Iterable[Outcome]) -> list[OutcomeLine]:
    """In the order of the files; what is not taken says what to do."""
    return [_line(outcome) for outcome in outcomes]


def _line(outcome: Outcome) -> OutcomeLine:
    member = outcome.member
    words, tone = (_refusal(outcome.refusal), "danger") if outcome.refusal else WORDS[outcome.fate]
    person, entry = (member.reveal("name"), member.entry) if member else ("", None)
    return OutcomeLine(outcome.file_name or _("a file without a name"), str(words), tone, person, entry)


def _refusal(error: DomainError) -> str:
    if isinstance(error, Invalid) and error.problems:
        return joined([str(said) for found in error.problems.values() for said in found])
    return str(error)
