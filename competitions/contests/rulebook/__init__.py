"""The rules of an event as typed values, the problems of a rules document, and what a copied edition becomes."""

from competitions.contests.rulebook.eligibility import EligibilityRule
from competitions.contests.rulebook.problems import SCHEMA, RuleProblem, problems_of
from competitions.contests.rulebook.quota import Distinct, HistoryStep, MinimumRule, PromotionRule, QuotaRule
from competitions.contests.rulebook.reading import AgeRules, Rules, TeamRules, read_rules

__all__ = [
    "SCHEMA",
    "AgeRules",
    "Distinct",
    "EligibilityRule",
    "HistoryStep",
    "MinimumRule",
    "PromotionRule",
    "QuotaRule",
    "RuleProblem",
    "Rules",
    "TeamRules",
    "problems_of",
    "read_rules",
]
