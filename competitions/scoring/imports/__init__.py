"""Marking schemes from outside: the WorldSkills CIS workbook, read and checked, and its form in
`tabulation/1`.
"""

from competitions.scoring.imports.checks import check_report
from competitions.scoring.imports.cis import read_cis_scheme
from competitions.scoring.imports.nodes import Rounding, tabulation_nodes
from competitions.scoring.imports.scheme import (
    Aspect,
    Criterion,
    Problem,
    Scheme,
    Section,
    SubCriterion,
)

__all__ = [
    "Aspect",
    "Criterion",
    "Problem",
    "Rounding",
    "Scheme",
    "Section",
    "SubCriterion",
    "check_report",
    "read_cis_scheme",
    "tabulation_nodes",
]
