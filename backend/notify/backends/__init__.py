"""What carries copies of notes outside."""
