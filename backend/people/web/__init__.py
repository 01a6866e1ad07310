"""Pages of roles, groups and organisations."""
