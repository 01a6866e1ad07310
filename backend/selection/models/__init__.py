"""Calls, what is offered and asked, applications with their versions, reviews, decisions and objections."""

from backend.selection.models.applications import APPLICATION, Application, Choice, Recommendation, Return, Version
from backend.selection.models.calls import CALL, ITEMS, Call, Criterion, ItemKind, Offer, Offered, PastLine, item_kind
from backend.selection.models.decisions import OBJECTION, Decision, Objection
from backend.selection.models.reviews import Expert, Review, Score

__all__ = [
    "APPLICATION",
    "CALL",
    "ITEMS",
    "OBJECTION",
    "Application",
    "Call",
    "Choice",
    "Criterion",
    "Decision",
    "Expert",
    "ItemKind",
    "Objection",
    "Offer",
    "Offered",
    "PastLine",
    "Recommendation",
    "Return",
    "Review",
    "Score",
    "Version",
    "item_kind",
]
