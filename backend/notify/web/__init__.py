"""Pages of the inbox, of notices, templates and preferences."""
