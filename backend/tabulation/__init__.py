"""The open result formats and the exact scoring engine; pure Python, no Django.

tabulate(document)                       results/1 of a tabulation/1 (text or value)
read_tabulation, read_scheme, read_rules frozen values, or Refused with every problem and its path
compute_entry(scheme, marks, status)     one entry's node values; the scheme is read once and kept
rank(ranking, standings)                 ranks from stored totals
give_awards(awards, entries, ranks, …)   tiers from ranks and totals
canonical(value), sha256_of(value)       the one spelling of a document, and its hash
"""

from backend.tabulation.awards import Awarding, give_awards
from backend.tabulation.canonical import canonical, sha256_of
from backend.tabulation.computing import EntryValues, compute_entry, missing_leaves, value_text
from backend.tabulation.computing.leaves import judgement_mark, trimmed_mean
from backend.tabulation.document import Awards, Entry, Node, Ranking, Rounding, Scheme, Tabulation, Tier
from backend.tabulation.enums import RoundingMode, Status
from backend.tabulation.errors import Refused
from backend.tabulation.ranking import Place, Ranks, Standing, rank
from backend.tabulation.reading import read_rules, read_scheme, read_tabulation
from backend.tabulation.results import ENGINE, results_of, tabulate
from backend.tabulation.rounding import rounded

__all__ = [
    "ENGINE",
    "Awarding",
    "Awards",
    "Entry",
    "EntryValues",
    "Node",
    "Place",
    "Ranking",
    "Ranks",
    "Refused",
    "Rounding",
    "RoundingMode",
    "Scheme",
    "Standing",
    "Status",
    "Tabulation",
    "Tier",
    "canonical",
    "compute_entry",
    "give_awards",
    "judgement_mark",
    "missing_leaves",
    "rank",
    "read_rules",
    "read_scheme",
    "read_tabulation",
    "results_of",
    "rounded",
    "sha256_of",
    "tabulate",
    "trimmed_mean",
    "value_text",
]
