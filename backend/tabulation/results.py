"""Writing results/1."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from backend.tabulation.awards import Awarding, give_awards
from backend.tabulation.computing import EntryValues, compute_entry, value_text
from backend.tabulation.document import Entry, Scheme, Tabulation
from backend.tabulation.problems import problems_of
from backend.tabulation.ranking import Ranks, Standing, rank
from backend.tabulation.reading import read_tabulation

FORMAT = "results/1"
ENGINE = "saixunzheng.tabulation 1.0"

Row = dict[str, Any]


def tabulate(document: bytes | Mapping[str, Any]) -> dict[str, Any]:
    """The results/1 of a tabulation/1, as a JSON value.

    Raises Refused, with all problems, for a document that breaks the format.
    """
    return results_of(read_tabulation(document))


def results_of(tabulation: Tabulation) -> dict[str, Any]:
    computed = {
        entry.code: compute_entry(tabulation.scheme, tabulation.marks.get(entry.code, {}), entry.status)
        for entry in tabulation.entries
    }
    ranks = rank(tabulation.ranking, [_standing(entry, computed[entry.code]) for entry in tabulation.entries])
    awarding = _awarding(tabulation, computed, ranks)
    problems = problems_of(tabulation, computed, ranks, awarding)
    return {
        "format": FORMAT,
        "event": {"code": tabulation.event_code},
        "engine": ENGINE,
        "tabulation_sha256": tabulation.sha256,
        "complete": not problems,
        "problems": problems,
        "results": _rows(tabulation.scheme, computed, ranks, awarding),
        "award_counts": {} if awarding is None else dict(awarding.counts),
    }


def _standing(entry: Entry, found: EntryValues) -> Standing:
    return Standing(entry.code, entry.status, found.total, found.values)


def _awarding(tabulation: Tabulation, computed: Mapping[str, EntryValues], ranks: Ranks) -> Awarding | None:
    if tabulation.awards is None:
        return None
    totals = {code: found.total for code, found in computed.items()}
    return give_awards(tabulation.awards, tabulation.entries, ranks, totals)


def _rows(scheme: Scheme, computed: Mapping[str, EntryValues], ranks: Ranks, awarding: Awarding | None) -> list[Row]:
    """By rank, then by code; the unranked last, by code."""
    award_of: Mapping[str, str] = {} if awarding is None else awarding.award_of
    rows: list[Row] = []
    for place in ranks.places:
        for code in place.entries:
            tied_with = [other for other in place.entries if other != code]
            rows.append(_row(scheme, code, computed[code], place.rank, tied_with, award_of.get(code)))
    rows += [_row(scheme, code, computed[code], None, [], None) for code in ranks.unranked]
    return rows


def _row(
    scheme: Scheme, code: str, found: EntryValues, place: int | None, tied_with: list[str], award: str | None
) -> Row:
    texts = {node.code: _text(scheme, node.code, found.values[node.code]) for node in scheme.nodes if found.values}
    return {
        "entry": code,
        "rank": place,
        "total": texts.get(scheme.total),
        "award": award,
        "tied_with": tied_with,
        "nodes": texts,
    }


def _text(scheme: Scheme, code: str, value: Fraction | None) -> str | None:
    return None if value is None else value_text(scheme.by_code[code], value)
