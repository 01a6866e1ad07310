"""What pages and papers of a selection show."""
