"""HiGHS behind the rulebook's programs."""

from __future__ import annotations

import highspy

from competitions.judges.rulebook import Program

SECONDS = 20.0


class SolverGaveUp(RuntimeError):
    """Neither a solution nor a proof that there is none within the time."""


def solve(program: Program) -> list[float] | None:
    """The optimal value of each column, None when no solution exists. The same program gives the same solution."""
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("time_limit", SECONDS),
        ("mip_rel_gap", 0.0),
    ):
        solver.setOptionValue(option, value)
    for column in program.columns:
        solver.addVar(0.0, column.most)
    for index, column in enumerate(program.columns):
        solver.changeColCost(index, float(column.cost))
        solver.changeColIntegrality(index, highspy.HighsVarType.kInteger)
    for row in program.rows:
        solver.addRow(row.least, row.most, len(row.parts), list(row.parts), list(row.parts.values()))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise SolverGaveUp(solver.modelStatusToString(status))
    return list(solver.getSolution().col_value)
