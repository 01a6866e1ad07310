"""What pages of judges show."""
