"""Who ranks where: ties, styles, those without a total, guests, and entries that did not compete."""

from decimal import Decimal
from typing import Any

import pytest

from backend.tabulation import Standing, Status, rank, read_rules, tabulate
from tests.tabulation.documents import changed, column, of_totals, problems

TIED = {"E1": "90", "E2": "90", "E3": "95", "E4": "80"}


@pytest.mark.parametrize(
    ("style", "ranks"),
    [
        ("competition", {"E3": 1, "E1": 2, "E2": 2, "E4": 4}),
        ("dense", {"E3": 1, "E1": 2, "E2": 2, "E4": 3}),
        ("sequential", {"E3": 1, "E1": 2, "E2": 2, "E4": 4}),
    ],
)
def test_styles_of_ranking(style: str, ranks: dict[str, int]) -> None:
    assert column(of_totals(TIED, style=style), "rank") == ranks


def test_a_full_tie_is_a_problem_only_in_sequential_ranking() -> None:
    assert problems(of_totals(TIED)) == []
    assert problems(of_totals(TIED, style="sequential")) == [("TIE", "E1", "E2")]


def test_those_of_the_same_rank_are_named_by_code_point() -> None:
    totals = {"E2": "1", "é": "1", "E10": "1", "Z": "2"}

    tied = column(of_totals(totals), "tied_with")

    assert tied == {"E2": ["E10", "é"], "é": ["E10", "E2"], "E10": ["E2", "é"], "Z": []}


def with_module(rows: dict[str, tuple[str, str | None]], direction: str = "desc", **ranking: Any) -> dict[str, Any]:
    document = of_totals({code: total for code, (total, _) in rows.items()})
    document["scheme"]["nodes"].append({"code": "A", "kind": "value"})
    document["marks"] += [{"entry": code, "node": "A", "value": value} for code, (_, value) in rows.items()]
    document["ranking"] = {"by": [["total", "desc"], ["A", direction]], **ranking}
    return document


def test_equal_totals_are_told_apart_by_module_a() -> None:
    document = with_module({"E1": ("90.00", "38"), "E2": ("90.00", "40")})

    assert column(document, "rank") == {"E2": 1, "E1": 2}


def test_less_time_comes_first() -> None:
    document = with_module({"E1": ("90", "300.5"), "E2": ("90", "299"), "E3": ("90", "300.50")}, "asc")

    assert column(document, "rank") == {"E2": 1, "E1": 2, "E3": 2}


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_a_missing_tie_break_value_is_worse_than_any_value(direction: str) -> None:
    document = with_module({"E1": ("90", None), "E2": ("90", "-999999"), "E3": ("90", "999999")}, direction)

    assert column(document, "rank")["E1"] == 3


def test_rounded_totals_tie_and_exact_ones_do_not() -> None:
    totals = {"E1": "90.004", "E2": "90.001"}
    rounding = {"digits": 2, "mode": "half_up"}

    assert column(of_totals(totals), "rank") == {"E1": 1, "E2": 2}
    assert column(changed(of_totals(totals), "scheme", "nodes", 0, "round", to=rounding), "rank") == {
        "E1": 1,
        "E2": 1,
    }


def status(document: dict[str, Any], code: str, **settings: Any) -> dict[str, Any]:
    place = next(place for place, entry in enumerate(document["entries"]) if entry["code"] == code)
    return changed(document, "entries", place, to={"code": code, **settings})


@pytest.mark.parametrize("away", ["absent", "withdrawn", "disqualified"])
def test_entries_that_did_not_compete_come_last_with_nothing(away: str) -> None:
    results = tabulate(status(of_totals(TIED), "E3", status=away))["results"]

    nothing: dict[str, Any] = {"entry": "E3", "rank": None, "total": None, "award": None, "tied_with": [], "nodes": {}}
    assert results[-1] == nothing
    assert [row["rank"] for row in results] == [1, 1, 3, None]


def test_zeroed_entries_share_the_last_rank_with_the_digits_of_the_total() -> None:
    document = of_totals({"E1": "-5", "E2": "90", "E3": "80", "E4": "70"})
    document = changed(document, "scheme", "nodes", 0, "round", to={"digits": 2, "mode": "half_up"})
    document = status(status(document, "E2", status="zeroed"), "E3", status="zeroed")

    assert column(document, "rank") == {"E4": 1, "E1": 2, "E2": 3, "E3": 3}
    assert column(document, "total") == {"E4": "70.00", "E1": "-5.00", "E2": "0.00", "E3": "0.00"}
    assert column(document, "nodes")["E2"] == {"total": "0.00"}
    assert column(document, "tied_with")["E2"] == ["E3"]


def test_zeroed_entries_need_no_marks_and_their_tie_needs_no_decision() -> None:
    document = of_totals({"E1": "1", "E2": "2", "E3": "3"}, style="sequential")
    document = status(status(document, "E2", status="zeroed"), "E3", status="zeroed")
    document["marks"] = document["marks"][:1]

    assert problems(document) == []
    assert column(document, "rank") == {"E1": 1, "E2": 2, "E3": 2}


def test_an_incomplete_total_is_not_ranked() -> None:
    document = of_totals(TIED)
    document["marks"] = document["marks"][1:]

    assert column(document, "rank") == {"E3": 1, "E2": 2, "E4": 3, "E1": None}
    assert problems(document) == [("INCOMPLETE", "E1", "total")]


def test_incomplete_entries_rank_after_complete_ones_where_the_ranking_says_how() -> None:
    rows = {"E1": ("10", "9"), "E2": ("20", "5"), "E3": ("30", None), "E4": ("40", "7"), "E5": ("50", "1")}
    document = with_module(dict(rows), incomplete_last_by=[["A", "asc"]])
    document["marks"] = [mark for mark in document["marks"] if mark["node"] == "A" or mark["entry"] in ("E1", "E5")]

    document = status(document, "E5", status="zeroed")

    assert column(document, "rank") == {"E1": 1, "E2": 2, "E4": 3, "E3": 4, "E5": 5}
    assert column(document, "total")["E2"] is None


def test_guests_take_rank_numbers() -> None:
    document = status(of_totals(TIED), "E3", guest=True)

    assert column(document, "rank") == {"E3": 1, "E1": 2, "E2": 2, "E4": 4}


def test_stored_decimals_rank_without_computing_again() -> None:
    _, ranking, _ = read_rules(
        {
            "scheme": {
                "total": "T",
                "nodes": [{"code": "T", "kind": "value"}, {"code": "S", "kind": "value"}],
            },
            "ranking": {"by": [["T", "desc"], ["S", "asc"]]},
        }
    )
    rows = {"E1": ("9.5", "30"), "E2": ("9.50", "20"), "E3": ("10", "99")}

    ranks = rank(
        ranking,
        [
            Standing(code, Status.COMPETED, Decimal(total), {"T": Decimal(total), "S": Decimal(seconds)})
            for code, (total, seconds) in rows.items()
        ],
    )

    assert ranks.rank_of == {"E3": 1, "E2": 2, "E1": 3}
