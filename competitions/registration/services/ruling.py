"""Everything that is held against teams on their way in: shape, people, rules of eligibility, quotas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from competitions.contests.models import Event
from competitions.registration.rulebook import EntryDraft, Finding
from competitions.registration.services.eligibility import judge_eligibility
from competitions.registration.services.judging import Field, Line, Place, judge
from competitions.registration.services.quotas import judge_quotas


def judge_entries(
    event: Event, drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field, whole: Iterable[Place] = ()
) -> list[Finding]:
    """Every finding at once, in the order in which they are best mended."""
    replaced = list(whole)
    return [
        *judge(event, lines, standing, replaced),
        *judge_eligibility(event, lines, standing, replaced),
        *judge_quotas(event, drafts, lines, standing, replaced),
    ]


def drafts_of(lines: Iterable[Line]) -> list[EntryDraft]:
    """The teams that a list's lines name, each once, for what is counted by team."""
    return [EntryDraft(*place) for place in dict.fromkeys(line.place for line in lines)]
