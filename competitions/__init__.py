"""Skill competitions: contests, registration, venues, judges, draw, scoring, results, boards."""
