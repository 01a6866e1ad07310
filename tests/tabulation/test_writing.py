"""results/1 and canonical JSON, byte for byte."""

import hashlib
import json
from typing import Any

import pytest

from backend.tabulation import canonical, sha256_of, tabulate
from backend.tabulation.results import ENGINE
from tests.tabulation.documents import Json, of_totals
from tests.tabulation.good import GOOD

DOCUMENT: Json = {
    "format": "tabulation/1",
    "event": {"code": "GZ-2026-046", "name": "网站技术"},
    "scheme": {
        "total": "total",
        "nodes": [
            {"code": "total", "kind": "sum", "of": ["A1", "J1"], "round": {"digits": 2, "mode": "half_up"}},
            {"code": "A1", "kind": "measurement", "max": "2.00"},
            {"code": "J1", "kind": "judgement", "max": "1.50", "levels": 3},
        ],
    },
    "entries": [{"code": "E02", "status": "absent"}, {"code": "E01"}, {"code": "E03"}],
    "marks": [
        {"entry": "E01", "node": "A1", "value": "1.60"},
        {"entry": "E01", "node": "J1", "judge": "甲", "value": "1"},
        {"entry": "E01", "node": "J1", "judge": "乙", "value": "2"},
        {"entry": "E01", "node": "J1", "judge": "丙", "value": "2"},
        {"entry": "E02", "node": "A1", "value": "1.60"},
        {"entry": "E03", "node": "J1", "judge": "甲", "value": "0"},
        {"entry": "E03", "node": "J1", "judge": "乙", "value": "2"},
    ],
    "ranking": {"by": [["total", "desc"]]},
    "awards": {"tiers": [{"code": "first", "count": 1}, {"code": "second", "ratio": "0.5"}]},
}


def test_results_are_written_byte_for_byte() -> None:
    results = tabulate(DOCUMENT)

    messages = [problem.pop("message") for problem in results["problems"]]

    assert all(messages)
    assert canonical(results).decode() == (
        '{"award_counts":{"first":1,"second":0},"complete":false,'
        f'"engine":"{ENGINE}","event":{{"code":"GZ-2026-046"}},"format":"results/1",'
        '"problems":[{"code":"INCOMPLETE","entry":"E03","node":"A1"},{"code":"SPREAD","entry":"E03","node":"J1"}],'
        '"results":['
        '{"award":"first","entry":"E01","nodes":{"A1":"1.6","J1":"5/6","total":"2.43"},"rank":1,"tied_with":[],'
        '"total":"2.43"},'
        '{"award":null,"entry":"E02","nodes":{},"rank":null,"tied_with":[],"total":null},'
        '{"award":null,"entry":"E03","nodes":{"A1":null,"J1":null,"total":null},"rank":null,"tied_with":[],'
        '"total":null}],'
        f'"tabulation_sha256":"{sha256_of(DOCUMENT)}"}}'
    )


def test_results_are_in_the_order_of_ranks_then_codes() -> None:
    rows = tabulate(of_totals({"b": "1", "a": "1", "B": "2", "é": "1", "中": "2"}))["results"]

    assert [row["entry"] for row in rows] == ["B", "中", "a", "b", "é"]


def test_problems_are_sorted_by_code_entry_and_node() -> None:
    document = of_totals({"E2": "1", "E10": "1", "E1": "2"}, style="sequential")
    document["scheme"] = {
        "total": "T",
        "nodes": [
            {"code": "T", "kind": "sum", "of": ["total", "Z", "A"]},
            {"code": "total", "kind": "value"},
            {"code": "Z", "kind": "deductions"},
            {"code": "A", "kind": "deductions"},
            {"code": "J2", "kind": "judgement", "max": "1", "levels": 9},
            {"code": "J10", "kind": "judgement", "max": "1", "levels": 9},
        ],
    }
    document["entries"] += [{"code": "E9"}, {"code": "E8"}]
    document["marks"] += [
        {"entry": entry, "node": node, "judge": judge, "value": value}
        for entry in ("E9", "E1")
        for node in ("J2", "J10")
        for judge, value in (("a", "0"), ("b", "5"))
    ]

    found = [{**problem, "message": ""} for problem in tabulate(document)["problems"]]

    assert found == [
        {"code": "INCOMPLETE", "entry": "E8", "node": "total", "message": ""},
        {"code": "INCOMPLETE", "entry": "E9", "node": "total", "message": ""},
        {"code": "SPREAD", "entry": "E1", "node": "J10", "message": ""},
        {"code": "SPREAD", "entry": "E1", "node": "J2", "message": ""},
        {"code": "SPREAD", "entry": "E9", "node": "J10", "message": ""},
        {"code": "SPREAD", "entry": "E9", "node": "J2", "message": ""},
        {"code": "TIE", "entries": ["E10", "E2"], "message": ""},
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        (
            {"\uffff": 1, "\U00010000": 2, "é": 3, "z": 4, "Z": 5},
            '{"Z":5,"z":4,"é":3,"\uffff":1,"\U00010000":2}',
        ),
        ('"\\/\b\f\n\r\t\x00\x1f\x7f\u2028中', '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\u2028中"'),
    ],
)
def test_canonical_json(value: Any, text: str) -> None:
    assert canonical(value).decode() == text
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_hash_is_of_the_tabulation_as_it_was_written_but_for_spaces_and_order() -> None:
    spaced = json.dumps(dict(reversed(GOOD.items())), indent=3, ensure_ascii=True).encode()

    found = tabulate(spaced)["tabulation_sha256"]

    assert found == hashlib.sha256(canonical(GOOD)).hexdigest()
