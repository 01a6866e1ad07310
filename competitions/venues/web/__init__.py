"""Pages of venues, sessions, the schedule and check-in."""
