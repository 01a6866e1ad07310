"""Node kinds, by tables from the regulations and the format's details."""

from decimal import Decimal
from fractions import Fraction

import pytest

from backend.tabulation import compute_entry, judgement_mark, read_scheme, trimmed_mean
from tests.tabulation.documents import Json, of_one, problems, values

ROUND_2 = {"digits": 2, "mode": "half_up"}


@pytest.mark.parametrize(
    ("levels", "mark"),
    [
        (["1", "2", "2"], "0.83"),
        (["3", "3", "2"], "1.33"),
        (["0", "1", "1"], "0.33"),
        (["3", "3", "3"], "1.50"),
    ],
)
def test_three_judges_levels_become_their_share_of_the_maximum(levels: list[str], mark: str) -> None:
    node = {"code": "J", "kind": "judgement", "max": "1.50", "levels": 3, "round": ROUND_2}

    found = values(of_one([node], {"J": levels}))

    assert found == {"J": mark}


def test_an_unrounded_judgement_that_does_not_end_is_printed_as_a_fraction() -> None:
    found = values(of_one([{"code": "J", "kind": "judgement", "max": "1.50", "levels": 3}], {"J": ["1", "2", "2"]}))

    assert found == {"J": "5/6"}


def test_judges_further_apart_than_the_spread_leave_the_node_unresolved() -> None:
    document = of_one([{"code": "J", "kind": "judgement", "max": "3", "levels": 3}], {"J": ["0", "2", "1"]})

    assert values(document) == {"J": None}
    assert problems(document) == [("SPREAD", "E1", "J")]


def test_a_wider_spread_can_be_allowed() -> None:
    node = {"code": "J", "kind": "judgement", "max": "3", "levels": 3, "max_spread": 2}

    assert values(of_one([node], {"J": ["0", "2", "1"]})) == {"J": "1"}


def test_too_few_judges_are_incomplete_even_when_they_are_far_apart() -> None:
    node = {"code": "J", "kind": "judgement", "max": "3", "levels": 3, "min_marks": 3}

    document = of_one([node], {"J": ["0", "3", None]})

    assert values(document) == {"J": None}
    assert problems(document) == [("INCOMPLETE", "E1", "J")]


@pytest.mark.parametrize(
    ("settings", "marks", "value"),
    [
        ({"trim_high": 1, "trim_low": 1, "round": ROUND_2}, ["92", "88", "90", "85", "95"], "90.00"),
        ({"trim_high": 1, "trim_low": 1}, ["92", "88", "90", "85", "95"], "90"),
        ({}, ["7", "8", "8"], "23/3"),
        ({"combine": "sum"}, ["7", "8", "8.25"], "23.25"),
        ({"combine": "median"}, ["1", "9", "2"], "2"),
        ({"combine": "median"}, ["1", "9", "2", "3"], "2.5"),
        ({"combine": "median", "trim_high": 1}, ["1", "9", "2"], "1.5"),
        ({"trim_high": 2}, ["5", "6", "7"], "5"),
        ({"min": "-10"}, ["-3", "-4"], "-3.5"),
    ],
)
def test_a_panel_is_trimmed_and_then_combined(settings: dict[str, object], marks: list[str], value: str) -> None:
    assert values(of_one([{"code": "P", "kind": "panel", **settings}], {"P": marks})) == {"P": value}


@pytest.mark.parametrize(
    ("settings", "marks"),
    [
        ({}, []),
        ({}, [None]),
        ({"trim_high": 1, "trim_low": 1}, ["1", "2"]),
        ({"trim_high": 1, "trim_low": 1}, ["1", "2", None]),
        ({"min_marks": 3}, ["1", "2"]),
    ],
)
def test_a_panel_with_too_few_marks_is_missing_and_never_zero(
    settings: dict[str, object], marks: list[str | None]
) -> None:
    document = of_one([{"code": "P", "kind": "panel", **settings}], {"P": marks})

    assert values(document) == {"P": None}
    assert problems(document) == [("INCOMPLETE", "E1", "P")]


V: list[Json] = [{"code": code, "kind": "value"} for code in ("V1", "V2", "V3")]
V_MARKS = {"V1": "1", "V2": "3", "V3": "-2.5"}


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ({"kind": "sum", "of": ["V1", "V2"]}, "4"),
        ({"kind": "sum", "of": ["V2"], "minus": ["V1", "V3"]}, "4.5"),
        ({"kind": "mean", "of": ["V1", "V2", "V3"]}, "0.5"),
        ({"kind": "mean", "of": ["V2", "V3"], "minus": ["V1"]}, "-0.75"),
        ({"kind": "product", "of": ["V2", "V3"]}, "-7.5"),
        ({"kind": "product", "of": ["V2", "V3"], "factor": "0.6"}, "-4.5"),
        ({"kind": "weighted", "of": [["V1", "0.3"], ["V2", "0.7"]]}, "2.4"),
        ({"kind": "weighted", "of": [["V1", "2"], ["V2", "2"]], "minus": ["V1"]}, "7"),
        ({"kind": "best", "of": ["V1", "V2", "V3"], "keep": 2}, "4"),
        ({"kind": "best", "of": ["V1", "V2", "V3"], "keep": 2, "order": "asc"}, "-1.5"),
        ({"kind": "best", "of": ["V1", "V2", "V3"], "keep": 2, "combine": "mean"}, "2"),
        ({"kind": "best", "of": ["V1", "V2", "V3"], "keep": 3, "combine": "median"}, "1"),
        ({"kind": "trimmed", "of": ["V1", "V2", "V3"], "trim_high": 1, "trim_low": 1}, "1"),
        ({"kind": "trimmed", "of": ["V1", "V2", "V3"], "trim_low": 1, "combine": "sum"}, "4"),
        ({"kind": "trimmed", "of": ["V1", "V2", "V3"], "combine": "median"}, "1"),
        ({"kind": "sum", "of": ["V1", "V2"], "cap": "3.5"}, "3.5"),
        ({"kind": "sum", "of": ["V3"], "floor": "0"}, "0"),
        ({"kind": "sum", "of": ["V3"], "floor": "-2"}, "-2"),
        ({"kind": "sum", "of": ["V1", "V2"], "minus": ["V3"], "cap": "6", "floor": "7"}, "7"),
    ],
)
def test_inner_nodes(node: dict[str, object], value: str) -> None:
    assert values(of_one([*V, {"code": "X", **node}], V_MARKS))["X"] == value


@pytest.mark.parametrize(
    "node",
    [
        {"kind": "sum", "of": ["V1", "V2"]},
        {"kind": "sum", "of": ["V1"], "minus": ["V2"]},
        {"kind": "mean", "of": ["V1", "V2"]},
        {"kind": "product", "of": ["V1", "V2"]},
        {"kind": "weighted", "of": [["V1", "1"], ["V2", "0"]]},
        {"kind": "trimmed", "of": ["V1", "V2", "V3"], "trim_low": 1},
        {"kind": "best", "of": ["V1", "V2"], "keep": 2},
    ],
)
def test_a_missing_operand_makes_an_inner_node_incomplete(node: dict[str, object]) -> None:
    document = of_one([*V, {"code": "X", **node}], {"V1": "1", "V2": None, "V3": "2"})

    assert values(document)["X"] is None
    assert problems(document) == [("INCOMPLETE", "E1", "V2")]


def test_best_needs_only_as_many_values_as_it_keeps() -> None:
    node = {"code": "X", "kind": "best", "of": ["V1", "V2", "V3"], "keep": 2}

    assert values(of_one([*V, node], {"V1": "1", "V3": "5"}))["X"] == "6"


def test_every_leaf_that_a_best_of_lacks_is_named_once() -> None:
    nodes: list[Json] = [
        *V,
        {"code": "B", "kind": "best", "of": ["V1", "V2", "V3"], "keep": 2},
        {"code": "S", "kind": "sum", "of": ["B", "V2"]},
    ]

    assert problems(of_one(nodes, {"V1": "1"})) == [("INCOMPLETE", "E1", "V2"), ("INCOMPLETE", "E1", "V3")]


def test_a_leaf_that_the_total_does_not_need_may_be_missing() -> None:
    document = of_one([*V, {"code": "X", "kind": "sum", "of": ["V1"]}], {"V1": "1"})

    assert problems(document) == []


def test_an_unresolved_leaf_is_a_spread_and_not_also_incomplete() -> None:
    nodes: list[Json] = [
        {"code": "J", "kind": "judgement", "max": "3", "levels": 3},
        {"code": "V", "kind": "value"},
        {"code": "S", "kind": "sum", "of": ["J", "V"]},
    ]

    assert problems(of_one(nodes, {"J": ["0", "3"]})) == [("INCOMPLETE", "E1", "V"), ("SPREAD", "E1", "J")]


@pytest.mark.parametrize(
    ("settings", "given", "value"),
    [
        ({}, [], "0"),
        ({}, ["2", "1.5", "2"], "5.5"),
        ({"cap": "5"}, ["2", "1.5", "2"], "5"),
        ({"cap": "5"}, [], "0"),
    ],
)
def test_deductions_add_up_to_their_cap(settings: dict[str, str], given: list[str], value: str) -> None:
    nodes: list[Json] = [{"code": "PEN", "kind": "deductions", **settings}]

    assert values(of_one(nodes, {"PEN": given})) == {"PEN": value}


def test_rounding_stands_after_cap_and_floor_and_only_where_it_is_written() -> None:
    nodes: list[Json] = [
        {"code": "V", "kind": "value"},
        {"code": "A", "kind": "sum", "of": ["V"], "cap": "1.005", "round": ROUND_2},
        {"code": "B", "kind": "sum", "of": ["A"], "floor": "1.0149"},
        {"code": "C", "kind": "sum", "of": ["B"], "round": {"digits": 3, "mode": "half_up"}},
    ]

    assert values(of_one(nodes, {"V": "9"})) == {"V": "9", "A": "1.01", "B": "1.0149", "C": "1.015"}


def test_values_print_shortest_without_rounding_and_full_with_it() -> None:
    nodes: list[Json] = [
        {"code": "A", "kind": "measurement", "max": "200.00"},
        {"code": "B", "kind": "value"},
        {"code": "C", "kind": "value", "round": {"digits": 3, "mode": "down"}},
        {"code": "D", "kind": "value", "round": {"digits": 0, "mode": "half_up"}},
        {"code": "X", "kind": "sum", "of": ["A"]},
    ]

    found = values(of_one(nodes, {"A": "100.00", "B": "-0.00", "C": "-0.0004", "D": "-0.5"}))

    assert found == {"A": "100", "B": "0", "C": "0.000", "D": "-1", "X": "100"}


def test_a_chain_of_forward_references_deeper_than_the_stack_is_computed() -> None:
    depth = 20_000
    nodes: list[Json] = [{"code": f"N{step}", "kind": "sum", "of": [f"N{step + 1}"]} for step in range(depth)]
    document = of_one([*nodes, {"code": f"N{depth}", "kind": "value"}], {f"N{depth}": "1.5"}, total="N0")

    assert values(document)["N0"] == "1.5"


def test_products_of_the_longest_decimals_stay_exact() -> None:
    texts = [f"{digit}.{'123456789' * 4}12" for digit in range(1, 10)]
    nodes: list[Json] = [{"code": f"V{place}", "kind": "value"} for place in range(9)]
    nodes.append({"code": "X", "kind": "product", "of": [f"V{place}" for place in range(9)]})
    expected = Fraction(1)
    for text in texts:
        expected *= Fraction(text)

    found = values(of_one(nodes, {f"V{place}": text for place, text in enumerate(texts)}))["X"]

    assert found is not None
    assert Fraction(found) == expected


def test_numbers_of_many_thousand_digits_are_printed_in_full() -> None:
    nodes: list[Json] = [{"code": "V0", "kind": "value"}, {"code": "V1", "kind": "value"}]
    nodes += [{"code": f"V{step}", "kind": "product", "of": [f"V{step - 1}", f"V{step - 2}"]} for step in range(2, 15)]
    text = "9" * 40

    found = values(of_one(nodes, {"V0": text, "V1": text}))["V14"]

    assert found is not None
    assert len(found) == 610 * 40


def test_one_entry_is_computed_from_a_scheme_read_once() -> None:
    scheme = read_scheme(
        {
            "total": "T",
            "nodes": [
                {"code": "P", "kind": "panel", "trim_high": 1, "trim_low": 1},
                {"code": "PEN", "kind": "deductions"},
                {"code": "T", "kind": "sum", "of": ["P"], "minus": ["PEN"]},
            ],
        }
    )
    marks = {"P": [Decimal(mark) for mark in ("92", "88", "90", "85", "95")], "PEN": [Decimal(2)]}

    assert compute_entry(scheme, marks).total == 88
    assert compute_entry(scheme, {}).total is None
    assert compute_entry(scheme, marks, "zeroed").total == 0
    assert compute_entry(scheme, marks, "absent").values == {}


def test_the_rules_are_there_as_functions() -> None:
    marks = [Decimal(mark) for mark in ("92", "88", "90", "85", "95")]

    assert trimmed_mean(marks, drop_high=1, drop_low=1) == 90
    assert trimmed_mean(marks[:2], drop_high=1, drop_low=1) is None
    assert judgement_mark([Decimal(1), Decimal(2), Decimal(2)], levels=3, most=Decimal("1.50")) == Fraction(5, 6)
