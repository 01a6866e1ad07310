"""What pages, calendars and prints of the schedule show, and the arrival board."""
