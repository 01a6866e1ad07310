"""Everything that is held against teams on their way in: shape, people, rules of eligibility, quotas, topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from competitions.contests.models import Event
from competitions.registration.rulebook import EntryDraft, Finding
from competitions.registration.rulebook.topics import TopicClaim, topics_by_team
from competitions.registration.services.eligibility import judge_eligibility, judge_teams_max
from competitions.registration.services.judging import Field, InParts, Line, Place, judge, judge_apart
from competitions.registration.services.quotas import judge_quotas
from competitions.registration.services.topics import judge_teams_topics


def judge_entries(
    event: Event,
    drafts: Sequence[EntryDraft],
    lines: Sequence[Line],
    standing: Field,
    whole: Iterable[Place] = (),
    parts: InParts | None = None,
) -> list[Finding]:
    """Every finding at once, in the order in which they are best mended. parts: where this is one of a long list."""
    replaced, parts = list(whole), parts or InParts()
    return [
        *judge(event, lines, standing, replaced, parts.apart),
        *judge_eligibility(event, lines, standing, replaced),
        *judge_quotas(event, drafts, lines, standing, replaced, parts),
        *judge_teams_topics(event, drafts, lines, standing),
    ]


def judge_over_parts(event: Event, lines: Sequence[Line], standing: Field) -> list[Finding]:
    """What is judged over a whole list: the people whom several of its parts name."""
    return [*judge_apart(event, lines, standing), *judge_teams_max(event, lines, standing)]


def drafts_of(lines: Sequence[Line]) -> list[EntryDraft]:
    """The teams that a list's lines name, each once, for what is counted by team."""
    named = topics_by_team(TopicClaim(line.member.row, line.place, line.topics) for line in lines)
    words = {place: {key: word for key, (word, _row) in of.items()} for place, of in named.items()}
    return [
        EntryDraft(*place, topic=of.get("topic", ""), topic_class=of.get("topic_class", ""))
        for place, of in words.items()
    ]
