"""Everything that is held against teams on their way in: shape, people, rules of eligibility, quotas, topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from competitions.contests.models import Event
from competitions.registration.rulebook import EntryDraft, Finding
from competitions.registration.rulebook.topics import TopicClaim, topics_by_team
from competitions.registration.services.eligibility import judge_eligibility
from competitions.registration.services.judging import Field, Line, Place, judge
from competitions.registration.services.quotas import judge_quotas
from competitions.registration.services.topics import judge_teams_topics


def judge_entries(
    event: Event, drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field, whole: Iterable[Place] = ()
) -> list[Finding]:
    """Every finding at once, in the order in which they are best mended."""
    replaced = list(whole)
    return [
        *judge(event, lines, standing, replaced),
        *judge_eligibility(event, lines, standing, replaced),
        *judge_quotas(event, drafts, lines, standing, replaced),
        *judge_teams_topics(event, drafts, lines, standing),
    ]


def drafts_of(lines: Sequence[Line]) -> list[EntryDraft]:
    """The teams that a list's lines name, each once, for what is counted by team."""
    named = topics_by_team(TopicClaim(line.member.row, line.place, line.topics) for line in lines)
    words = {place: {key: word for key, (word, _row) in of.items()} for place, of in named.items()}
    return [
        EntryDraft(*place, topic=of.get("topic", ""), topic_class=of.get("topic_class", ""))
        for place, of in words.items()
    ]
