"""Teacher training: programmes, practice and mentors get their rooms here when they have content."""
