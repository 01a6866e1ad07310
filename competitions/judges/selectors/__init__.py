"""Questions about judges: the pool, what ties them to teams, and what their panels are built from."""
