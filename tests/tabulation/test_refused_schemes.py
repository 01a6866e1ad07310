"""Cycles, limits in points, tiers and medals: what only several values together show."""

import pytest

from tests.tabulation.documents import Json, changed, of_totals, refused_at
from tests.tabulation.good import GOOD, MEDALS


def test_a_node_of_an_unknown_kind_does_not_make_its_code_unknown() -> None:
    document = changed(GOOD, "scheme", "nodes", 0, "kind", to="guess")

    assert refused_at(document) == ["$.scheme.nodes[0].kind"]


def test_every_cycle_is_named_at_the_reference_that_closes_it() -> None:
    nodes = [
        {"code": "A", "kind": "sum", "of": ["B"]},
        {"code": "B", "kind": "sum", "of": ["C"], "minus": ["B"]},
        {"code": "C", "kind": "weighted", "of": [["V", "1"], ["A", "1"]]},
        {"code": "V", "kind": "value"},
        {"code": "X", "kind": "mean", "of": ["Y"]},
        {"code": "Y", "kind": "mean", "of": ["X"]},
    ]
    document = changed(of_totals({"E1": "1"}), "scheme", to={"total": "A", "nodes": nodes})
    document["marks"], document["ranking"] = [], {"by": [["A", "desc"]]}

    assert refused_at(document) == [
        "$.scheme.nodes[2].of[1][0]",
        "$.scheme.nodes[1].minus[0]",
        "$.scheme.nodes[5].of[0]",
    ]


def test_a_very_long_cycle_is_refused_without_recursion() -> None:
    nodes = [{"code": f"N{step}", "kind": "sum", "of": [f"N{(step + 1) % 5000}"]} for step in range(5000)]
    document = changed(of_totals({"E1": "1"}), "scheme", to={"total": "N0", "nodes": nodes})
    document["marks"], document["ranking"] = [], {"by": [["N0", "desc"]]}

    assert refused_at(document) == ["$.scheme.nodes[4999].of[0]"]


POINTS = {
    "tiers": [{"code": "a", "count": 1, "within": "2"}, {"code": "b", "min_total": "1"}],
    "min_total": "1",
}


@pytest.mark.parametrize("by", [[["total", "asc"]], [["V", "desc"], ["total", "desc"]]])
def test_limits_in_points_need_a_ranking_by_the_total_first(by: list[list[str]]) -> None:
    document = of_totals({"E1": "1"}, awards=POINTS)
    document["scheme"]["nodes"].append({"code": "V", "kind": "value"})
    document["ranking"]["by"] = by

    assert refused_at(document) == [
        "$.awards.min_total",
        "$.awards.tiers[0].within",
        "$.awards.tiers[1].min_total",
    ]


@pytest.mark.parametrize(
    ("tier", "path"),
    [
        ({"code": "x"}, "$.awards.tiers[0]"),
        ({"code": "x", "ratio": "0.1", "count": 1}, "$.awards.tiers[0]"),
        ({"code": "x", "ratio": "0.1", "min_total": "1"}, "$.awards.tiers[0]"),
        ({"code": "x", "ratio": "0.1", "within": "1"}, "$.awards.tiers[0].within"),
        ({"code": "x", "min_total": "1", "within": "1"}, "$.awards.tiers[0].within"),
    ],
)
def test_a_tier_takes_one_size_and_within_stands_beside_a_count(tier: Json, path: str) -> None:
    assert refused_at(of_totals({"E1": "1"}, awards={"tiers": [tier]})) == [path]


@pytest.mark.parametrize(
    ("tiers", "paths"),
    [
        (MEDALS[:2], ["$.awards.tiers"]),
        (MEDALS[::-1], ["$.awards.tiers"]),
        ([*MEDALS, {"code": "fourth", "count": 1}], ["$.awards.tiers"]),
        (
            [{"code": "gold", "ratio": "0.1"}, *MEDALS[1:]],
            ["$.awards.tiers[0].count", "$.awards.tiers[0].within"],
        ),
        ([MEDALS[0], {**MEDALS[1], "count": 2}, MEDALS[2]], ["$.awards.tiers[1].count"]),
    ],
)
def test_the_merge_rule_needs_its_medals(tiers: list[Json], paths: list[str]) -> None:
    awards = {"tiers": tiers, "merge_rule": "worldskills"}

    assert refused_at(of_totals({"E1": "1"}, awards=awards)) == paths
