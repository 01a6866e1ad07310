"""Pages of contests, editions, events and their rules."""
