"""Questions about sessions, the teams' places, the schedule, who is expected and who has arrived."""

from competitions.venues.selectors.arrivals import (
    Arrival,
    arrivals_of,
    conflicts_of,
    open_conflicts,
    plan_of,
    sessions_of,
)
from competitions.venues.selectors.doors import doors_list

__all__ = ["Arrival", "arrivals_of", "conflicts_of", "doors_list", "open_conflicts", "plan_of", "sessions_of"]
