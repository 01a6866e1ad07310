"""Who may sit on a panel, and with whom: regulations as pure functions over plain values."""

from competitions.judges.rulebook.answering import answer, worth
from competitions.judges.rulebook.checking import breaches, cost, fitness, hard_breaches
from competitions.judges.rulebook.program import Answer, Program
from competitions.judges.rulebook.reading import JudgingRules, read_judging
from competitions.judges.rulebook.values import Ask, Bond, Breach, Candidate, Need, PanelRules, Place, Slot

__all__ = [
    "Answer",
    "Ask",
    "Bond",
    "Breach",
    "Candidate",
    "JudgingRules",
    "Need",
    "PanelRules",
    "Place",
    "Program",
    "Slot",
    "answer",
    "breaches",
    "cost",
    "fitness",
    "hard_breaches",
    "read_judging",
    "worth",
]
