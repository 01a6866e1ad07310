"""What pages, calendars and prints of the schedule show."""
