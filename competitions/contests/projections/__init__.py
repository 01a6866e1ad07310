"""An event as its pages show it: what its rules say in words, what a new version changes, for how long it is open."""

from competitions.contests.projections.events import (
    HostLine,
    condition_text,
    edition_rule_lines,
    eligibility_lines,
    host_lines,
    quota_lines,
    remaining_words,
    rule_lines,
)
from competitions.contests.projections.news import put_off_lines
from competitions.contests.projections.rules import ChangeLine, Proposal, change_lines, difference_lines, unasked_places

__all__ = [
    "ChangeLine",
    "HostLine",
    "Proposal",
    "change_lines",
    "condition_text",
    "difference_lines",
    "edition_rule_lines",
    "eligibility_lines",
    "host_lines",
    "put_off_lines",
    "quota_lines",
    "remaining_words",
    "rule_lines",
    "unasked_places",
]
