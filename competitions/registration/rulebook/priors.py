"""What the system's own records say about a person's earlier awards and entries, held against the rules that ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from competitions.contests.rulebook import EligibilityRule

AWARD, ENTRY = "NOT_PRIOR_AWARD", "NOT_PRIOR_ENTRY"


@dataclass(frozen=True, slots=True)
class Prior:
    """One earlier award (with its certificate's number) or entry (number empty).

    same_contest: of the contest that the event under review belongs to. words: what its level and contest are called;
    a rule that names levels means one of these.
    """

    number: str
    event: str
    year: int
    award: str
    same_contest: bool
    words: tuple[str, ...]


def met_by(rule: EligibilityRule, priors: Iterable[Prior], year: int) -> list[Prior]:
    """The earlier awards or entries that the rule speaks of. year: of the edition that the person enters."""
    fits = {AWARD: _award_fits, ENTRY: _entry_fits}.get(rule.kind)
    return [prior for prior in priors if fits(rule, prior, year) and _level_fits(rule, prior)] if fits else []


def decisive(found: Iterable[Prior]) -> bool:
    """Whether a record breaks the rule by itself: one of the same contest does, any other is for the reviewers."""
    return any(prior.same_contest for prior in found)


def _award_fits(rule: EligibilityRule, prior: Prior, year: int) -> bool:
    tiers = rule.params.get("tiers", ())
    return bool(prior.number) and (not tiers or prior.award in tiers)


def _entry_fits(rule: EligibilityRule, prior: Prior, year: int) -> bool:
    return not prior.number and year - rule.params["years"] <= prior.year < year


def _level_fits(rule: EligibilityRule, prior: Prior) -> bool:
    levels = rule.params.get("levels", ())
    return any(word in called for word in levels for called in prior.words) if levels else prior.same_contest
