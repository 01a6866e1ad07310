"""What holds for every tabulation."""

import json
import random
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.tabulation import canonical, read_tabulation, tabulate
from tests.tabulation.documents import Json, changed, of_totals
from tests.tabulation.drawing import MODES, awards, decimals, tabulations
from tests.tabulation.test_schema import RESULTS, TABULATION


@given(tabulations())
def test_documents_and_results_fit_their_schemas(document: Json) -> None:
    assert list(TABULATION.iter_errors(document)) == []
    assert list(RESULTS.iter_errors(tabulate(document))) == []


@given(tabulations(), st.randoms(use_true_random=False))
def test_the_order_of_entries_marks_and_nodes_changes_nothing(document: Json, dice: random.Random) -> None:
    shuffled = json.loads(json.dumps(document))
    for rows in (shuffled["entries"], shuffled["marks"], shuffled["scheme"]["nodes"]):
        dice.shuffle(rows)

    assert {**tabulate(shuffled), "tabulation_sha256": ""} == {**tabulate(document), "tabulation_sha256": ""}


@given(tabulations())
def test_text_and_value_of_a_document_give_the_same_result(document: Json) -> None:
    spaced = json.dumps(document, indent=1).encode()

    assert canonical(tabulate(spaced)) == canonical(tabulate(document))


@given(tabulations())
def test_better_ranks_never_win_less(document: Json) -> None:
    results = tabulate(document)
    tiers = list(results["award_counts"])
    left_open = {code for problem in results["problems"] for code in problem.get("entries", ())}
    guests = {entry["code"] for entry in document["entries"] if entry.get("guest")}
    won = [
        tiers.index(row["award"]) if row["award"] else len(tiers)
        for row in results["results"]
        if row["rank"] is not None and row["entry"] not in left_open | guests
    ]

    assert won == sorted(won)
    assert sum(results["award_counts"].values()) == sum(row["award"] is not None for row in results["results"])


@given(st.lists(st.integers(0, 6), max_size=9), awards())
def test_equal_totals_win_equally_and_open_ties_win_nothing(totals: list[int], settings_of_awards: Json) -> None:
    field = {f"E{place}": str(total) for place, total in enumerate(totals)}
    results = tabulate(of_totals(field, awards=settings_of_awards))
    left_open = {code for problem in results["problems"] for code in problem["entries"]}

    by_total: dict[str, set[Any]] = {}
    for row in results["results"]:
        by_total.setdefault(row["total"], set()).add(row["award"])

    assert all(len(given_to_equals) == 1 for given_to_equals in by_total.values())
    assert all(row["award"] is None for row in results["results"] if row["entry"] in left_open)


MONOTONE: list[Json] = [
    {"code": "M", "kind": "measurement", "max": "10"},
    {"code": "J", "kind": "judgement", "max": "10", "levels": 3, "max_spread": 3},
    {"code": "P", "kind": "panel", "max": "10", "trim_high": 1, "trim_low": 1},
    {"code": "B", "kind": "best", "of": ["M", "J", "P"], "keep": 2},
    {"code": "T", "kind": "trimmed", "of": ["M", "J", "P"], "trim_low": 1},
    {"code": "D", "kind": "deductions", "cap": "3"},
    {"code": "X", "kind": "product", "of": ["M", "P"], "factor": "0.1"},
]


def marked(levels: list[int], marks: list[str], measured: str, deduction: str, mode: str) -> Json:
    weights = [["B", "0.5"], ["T", "0.3"], ["X", "0.2"]]
    rounding = {"digits": 1, "mode": mode}
    total = {
        "code": "total",
        "kind": "weighted",
        "of": weights,
        "minus": ["D"],
        "floor": "0",
        "round": rounding,
    }
    document = of_totals({"E1": "0"})
    document["scheme"]["nodes"] = [*MONOTONE, total]
    rows: list[Json] = [{"node": "J", "judge": f"J{place}", "value": str(level)} for place, level in enumerate(levels)]
    rows += [{"node": "P", "judge": f"J{place}", "value": mark} for place, mark in enumerate(marks)]
    rows += [{"node": "M", "value": measured}, {"node": "D", "value": deduction}]
    return {**document, "marks": [{"entry": "E1", **row} for row in rows]}


def total_of(document: Json) -> Fraction:
    return Fraction(tabulate(document)["results"][0]["total"])


@given(
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
    st.lists(decimals(0, 10), min_size=4, max_size=4),
    decimals(0, 10),
    decimals(0, 4),
    MODES,
    st.data(),
)
def test_raising_a_mark_never_lowers_a_total_and_a_deduction_never_raises_it(
    levels: list[int], marks: list[str], measured: str, deduction: str, mode: str, data: st.DataObject
) -> None:
    document = marked(levels, marks, measured, deduction, mode)
    place = data.draw(st.integers(0, len(document["marks"]) - 1))
    mark = document["marks"][place]
    most = 3 if mark["node"] == "J" else 10
    raised = str(data.draw(st.integers(-int(-Fraction(mark["value"]) // 1), most)))

    before, after = total_of(document), total_of(changed(document, "marks", place, "value", to=raised))

    assert 0 <= before <= 20
    assert before <= after if mark["node"] != "D" else before >= after


@given(tabulations())
def test_values_are_rounded_once_and_only_where_it_is_written(document: Json) -> None:
    rounded_to = {node["code"]: node["round"]["digits"] for node in document["scheme"]["nodes"] if "round" in node}

    for row in tabulate(document)["results"]:
        for code, text in row["nodes"].items():
            if text is not None and code in rounded_to:
                assert len(text.partition(".")[2]) == rounded_to[code]
            elif text is not None:
                assert "." not in text or not text.endswith("0")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(JSON_VALUES)
def test_canonical_json_of_canonical_json_is_itself(value: Any) -> None:
    text = canonical(value)

    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(tabulations(), st.binary(min_size=1, max_size=3), st.integers(0, 10_000))
def test_damaged_text_is_refused_or_read_and_never_crashes(document: Json, damage: bytes, at: int) -> None:
    text = canonical(document)
    place = at % len(text)
    damaged = text[:place] + damage + text[place + len(damage) :]

    try:
        tabulate(damaged)
    except ValueError as refusal:
        assert getattr(refusal, "problems", None)


@given(tabulations())
def test_reading_leaves_the_document_as_it_was(document: Json) -> None:
    before = canonical(document)

    read_tabulation(document)

    assert canonical(document) == before
