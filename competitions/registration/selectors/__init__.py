"""Questions about entries, rosters, imports and reviews."""

from competitions.registration.selectors.audiences import coordinators_in, event_facts, members_in, written_events
from competitions.registration.selectors.entries import (
    Roster,
    RosterMember,
    contestants_between,
    counts_of,
    entries_entered_by,
    entries_of,
    entry_of,
    filtered,
    import_of,
    imports_of,
    live_members,
    own_school,
    roster,
    rosters_of,
    state_counts,
    teams_of,
)

__all__ = [
    "Roster",
    "RosterMember",
    "contestants_between",
    "coordinators_in",
    "counts_of",
    "entries_entered_by",
    "entries_of",
    "entry_of",
    "event_facts",
    "filtered",
    "import_of",
    "imports_of",
    "live_members",
    "members_in",
    "own_school",
    "roster",
    "rosters_of",
    "state_counts",
    "teams_of",
    "written_events",
]
