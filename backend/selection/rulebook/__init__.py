"""How applications are checked, ranked and placed: pure functions over plain values."""

from backend.selection.rulebook.answers import Question, answer_problems, read_questions
from backend.selection.rulebook.placing import Placing, place
from backend.selection.rulebook.scoring import Ranked, rank_offer, tabulation_of

__all__ = [
    "Placing",
    "Question",
    "Ranked",
    "answer_problems",
    "place",
    "rank_offer",
    "read_questions",
    "tabulation_of",
]
