"""What keeps teams from being handed in, for many at once: people, documents and conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from competitions.contests.selectors import rules_of
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import gaps_of
from competitions.registration.rulebook.eligibility import BROKEN, UNKNOWN
from competitions.registration.selectors.eligibility import in_the_way, verdicts_in
from competitions.registration.selectors.entries import counts_of
from competitions.registration.selectors.papers import Lacking, lacking_papers


@dataclass(slots=True)
class Hindered:
    """One team; true while something is in its way.

    gaps: (role, how many); papers: whose and which; broken, unknown: verdicts not met, and still to be stated.
    """

    entry: Entry
    gaps: list[tuple[str, int]] = field(default_factory=list)
    papers: list[tuple[Member, str]] = field(default_factory=list)
    broken: int = 0
    unknown: int = 0

    @property
    def conditions(self) -> int:
        return self.broken + self.unknown

    def __bool__(self) -> bool:
        return bool(self.gaps or self.papers or self.conditions)


def hindrances_of(entries: Iterable[Entry], papers: Lacking | None = None) -> list[Hindered]:
    """Each team with what a submission would be refused for now, in a number of queries that does not grow with them.

    entries: read with `live_members()`, and events with their rule set, their edition and its rule set. papers: what
    `lacking_papers` gave, for callers that have asked.
    """
    entries = list(entries)
    papers = lacking_papers(entries) if papers is None else papers
    verdicts = verdicts_in(entries)
    found = []
    for entry in entries:
        blocking = [v.outcome for line in verdicts[entry.pk] for v in line.verdicts if in_the_way(v)]
        gaps = gaps_of(counts_of(entry), rules_of(entry.event).team)
        counts = blocking.count(BROKEN), blocking.count(UNKNOWN)
        found.append(Hindered(entry, gaps, list(papers.get(entry.pk, ())), *counts))
    return found
