"""Small tabulations for the tests, and the paths of a refusal."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from backend.tabulation import Refused, read_tabulation, tabulate

Json = dict[str, Any]


def of_totals(totals: Mapping[str, str], *, awards: Json | None = None, **ranking: Any) -> Json:
    """Entries whose totals are given values."""
    document: Json = {
        "format": "tabulation/1",
        "event": {"code": "T"},
        "scheme": {"total": "total", "nodes": [{"code": "total", "kind": "value"}]},
        "entries": [{"code": code} for code in totals],
        "marks": [{"entry": code, "node": "total", "value": value} for code, value in totals.items()],
        "ranking": {"by": [["total", "desc"]], **ranking},
    }
    return document if awards is None else {**document, "awards": awards}


def of_one(nodes: list[Json], marks: Mapping[str, Any], *, total: str | None = None) -> Json:
    """One entry. marks: by node a value, or a list of them: one per judge, for deductions one each."""
    judged = {node["code"] for node in nodes if node["kind"] in ("judgement", "panel")}
    rows: list[Json] = []
    for code, given in marks.items():
        for place, value in enumerate(given if isinstance(given, list) else [given]):
            judge = {"judge": f"J{place}"} if code in judged else {}
            rows.append({"entry": "E1", "node": code, "value": value, **judge})
    return {
        "format": "tabulation/1",
        "event": {"code": "T"},
        "scheme": {"total": total or nodes[-1]["code"], "nodes": nodes},
        "entries": [{"code": "E1"}],
        "marks": rows,
        "ranking": {"by": [[total or nodes[-1]["code"], "desc"]]},
    }


def values(document: Json) -> dict[str, str | None]:
    """The nodes of the first result."""
    nodes: dict[str, str | None] = tabulate(document)["results"][0]["nodes"]
    return nodes


def column(document: Json, key: str) -> dict[str, Any]:
    return {row["entry"]: row[key] for row in tabulate(document)["results"]}


def problems(document: Json) -> list[tuple[str, ...]]:
    """Without messages: code and where."""
    return [
        (found["code"], *found.get("entries", ()), *(found[key] for key in ("entry", "node") if key in found))
        for found in tabulate(document)["problems"]
    ]


def refused_at(document: Json | bytes) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read_tabulation(document)
    return [path for path, _ in refusal.value.problems]


def changed(document: Json, *path: str | int, to: Any) -> Json:
    """A copy with one value set."""
    copied = copy.deepcopy(document)
    place: Any = copied
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return copied


def without(document: Json, *path: str | int) -> Json:
    copied = copy.deepcopy(document)
    place: Any = copied
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return copied
