"""What is contested: families, contests, editions, tracks, events, rounds; the rules as versioned data; and what
happened to an edition or event on the way.
"""

from competitions.contests.models.changes import HoldingCheck, Postponement
from competitions.contests.models.events import EVENT, Event, EventQuerySet, Round
from competitions.contests.models.families import Contest, Edition, Family, Track
from competitions.contests.models.hosts import Commission, Host
from competitions.contests.models.rules import RuleSet

__all__ = [
    "EVENT",
    "Commission",
    "Contest",
    "Edition",
    "Event",
    "EventQuerySet",
    "Family",
    "HoldingCheck",
    "Host",
    "Postponement",
    "Round",
    "RuleSet",
    "Track",
]
