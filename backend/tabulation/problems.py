"""What stands between results and being complete."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.tabulation.awards import Awarding
from backend.tabulation.computing import EntryValues, missing_leaves
from backend.tabulation.document import Tabulation
from backend.tabulation.enums import ProblemCode, Status
from backend.tabulation.ranking import Ranks

Problem = dict[str, Any]


def problems_of(
    tabulation: Tabulation, computed: Mapping[str, EntryValues], ranks: Ranks, awarding: Awarding | None
) -> list[Problem]:
    """Sorted by code, entry, node, entries."""
    problems = [*_of_entries(tabulation, computed), *_of_ties(ranks, awarding)]
    return sorted(problems, key=_sort_key)


def _of_entries(tabulation: Tabulation, computed: Mapping[str, EntryValues]) -> Iterator[Problem]:
    for entry in tabulation.entries:
        if entry.status is not Status.COMPETED:
            continue
        found = computed[entry.code]
        for node in found.unresolved:
            message = f"The judges' levels for {entry.code}, {node} are too far apart: settle them and mark again."
            yield _of_entry(ProblemCode.SPREAD, entry.code, node, message)
        for node in missing_leaves(tabulation.scheme, found):
            message = f"{entry.code} has no total because {node} lacks marks: enter them or change its status."
            yield _of_entry(ProblemCode.INCOMPLETE, entry.code, node, message)


def _of_ties(ranks: Ranks, awarding: Awarding | None) -> Iterator[Problem]:
    for tied in ranks.open_ties:
        message = "These entries are equal on every ranking key: decide their order and record it as a key."
        yield {"code": ProblemCode.TIE, "entries": list(tied), "message": message}
    for tied in awarding.open_ties if awarding else ():
        message = "These entries share a rank across the edge of an award: decide who is given it."
        yield {"code": ProblemCode.TIE_AT_EDGE, "entries": list(tied), "message": message}


def _of_entry(code: ProblemCode, entry: str, node: str, message: str) -> Problem:
    return {"code": code, "entry": entry, "node": node, "message": message}


def _sort_key(problem: Problem) -> tuple[str, str, str, list[str]]:
    return problem["code"], problem.get("entry", ""), problem.get("node", ""), problem.get("entries", [])
