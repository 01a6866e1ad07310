"""Questions about sessions, the teams' places in them, and the schedule."""
