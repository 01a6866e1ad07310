"""Pages of venues, sessions and the schedule."""
