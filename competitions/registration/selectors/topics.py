"""Which words about a team's work an event's rules look at."""

from __future__ import annotations

from competitions.contests.models import Event
from competitions.contests.selectors import rules_of
from competitions.registration.rulebook.topics import TOPICS


def topic_fields(event: Event) -> tuple[str, ...]:
    """Of `topic` and `topic_class` those that may not repeat, which every team therefore names."""
    quota = rules_of(event).quota
    looked_at = {rule.field for rule in quota.distinct} if quota else set()
    return tuple(key for key in TOPICS if key in looked_at)
