"""What a team's work is about, where the rules look at it: named once for each team, and long enough to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from competitions.registration.rulebook.entries import Finding

TOPICS = ("topic", "topic_class")
LONGEST = 60  # characters
Team = tuple[str, int]  # school, number


@dataclass(frozen=True, slots=True)
class TopicClaim:
    """What one row says of its team's work, by topic field; a missing or empty word says nothing."""

    row: int
    team: Team
    words: Mapping[str, str] = field(default_factory=dict)


def topics_by_team(claims: Iterable[TopicClaim]) -> dict[Team, dict[str, tuple[str, int]]]:
    """The first word of each team and field, with its row: one row of a team may speak for all."""
    found: dict[Team, dict[str, tuple[str, int]]] = {}
    for claim in claims:
        of_team = found.setdefault(claim.team, {})
        for key, word in claim.words.items():
            if word:
                of_team.setdefault(key, (word, claim.row))
    return found


def judge_topics(
    claims: Sequence[TopicClaim], standing: Mapping[Team, Mapping[str, str]], asked: Iterable[str]
) -> list[Finding]:
    """Teams whose rows disagree (charged to the later row), name too much, or (charged to the first) name nothing.

    standing: what the teams that exist have named; asked: the fields that the rules look at.
    """
    fields, named = tuple(asked), topics_by_team(claims)
    found = [finding for claim in claims for finding in _disagreeing(claim, named[claim.team], fields)]
    first = {claim.team: claim.row for claim in reversed(claims)}
    for team, row in reversed(first.items()):
        stands = standing.get(team, {})
        found += [
            Finding(f"{key.upper()}_MISSING", key, row)
            for key in fields
            if key not in named[team] and not stands.get(key)
        ]
    return found


def _disagreeing(claim: TopicClaim, named: Mapping[str, tuple[str, int]], fields: Sequence[str]) -> Iterator[Finding]:
    for key in fields:
        word = claim.words.get(key, "")
        if len(word) > LONGEST:
            yield Finding("TOO_LONG", key, claim.row, {"limit": str(LONGEST)})
        elif word and word != named[key][0]:
            yield Finding("TOPIC_DIFFERS", key, claim.row, {}, named[key][1])
