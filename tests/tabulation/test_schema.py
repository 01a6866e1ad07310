"""The shipped JSON Schemas describe what the engine reads and writes."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import backend.tabulation
from backend.tabulation import tabulate
from tests.tabulation.documents import changed, of_totals, without
from tests.tabulation.good import GOOD, MEDALS, at
from tests.tabulation.test_writing import DOCUMENT

FOLDER = Path(backend.tabulation.__file__).parent / "schema"
TABULATION = Draft202012Validator(json.loads((FOLDER / "tabulation-1.json").read_text()))
RESULTS = Draft202012Validator(json.loads((FOLDER / "results-1.json").read_text()))

DOCUMENTS = [
    GOOD,
    DOCUMENT,
    of_totals({"E1": "-5", "E2": "90"}),
    of_totals({"E1": "1", "E2": "1", "E3": "1"}, style="sequential"),
    of_totals({"E1": "1", "E2": "1"}, awards={"tiers": [{"code": "a", "count": 1}], "ties": "decide"}),
    of_totals({"E1": "1"}, awards={"tiers": MEDALS, "merge_rule": "worldskills"}),
]


def test_both_files_are_schemas() -> None:
    Draft202012Validator.check_schema(TABULATION.schema)
    Draft202012Validator.check_schema(RESULTS.schema)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_read_and_what_is_written_validate(document: dict[str, object]) -> None:
    assert list(TABULATION.iter_errors(document)) == []
    assert list(RESULTS.iter_errors(tabulate(document))) == []


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        ("format", "x"),
        ("extra", 1),
        ("scheme.nodes[0].max", "-1"),
        ("scheme.nodes[0].max", "01"),
        ("scheme.nodes[0].levels", 3),
        ("scheme.nodes[2].levels", 0),
        ("scheme.nodes[4].round.digits", 21),
        ("scheme.nodes[6].of", []),
        ("scheme.nodes[11].of[0]", ["SUM"]),
        ("entries[0].guest", 1),
        ("marks[0].value", 1),
        ("ranking.by", []),
        ("awards.tiers[0].within", "1"),
        ("awards.tiers[0].count", 1),
        ("awards.merge_rule", "worldskills"),
    ],
)
def test_shapes_that_the_reader_refuses_do_not_validate(path: str, bad: object) -> None:
    assert not TABULATION.is_valid(changed(GOOD, *at(path), to=bad))


@pytest.mark.parametrize("path", ["event", "scheme.total", "entries", "marks[0].value", "awards.tiers[0].ratio"])
def test_documents_without_what_is_required_do_not_validate(path: str) -> None:
    assert not TABULATION.is_valid(without(GOOD, *at(path)))


@pytest.mark.parametrize("number", ["-0", "-0.00", "1e3", "01", "1/0", ""])
def test_results_never_hold_such_numbers(number: str) -> None:
    results = tabulate(of_totals({"E1": "1"}))

    assert not RESULTS.is_valid(changed(results, "results", 0, "total", to=number))
