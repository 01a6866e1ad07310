"""Who wins what: sizes of tiers, ties across their edges, floors, guests, and shared medals."""

from typing import Any

import pytest

from backend.tabulation import tabulate
from tests.tabulation.documents import changed, column, of_totals, problems

RATIOS = [
    {"code": "first", "ratio": "0.10"},
    {"code": "second", "ratio": "0.20"},
    {"code": "third", "ratio": "0.30"},
]


def field_of(count: int) -> dict[str, str]:
    return {f"E{place:03}": str(1000 - place) for place in range(count)}


def counts(document: dict[str, Any]) -> list[int]:
    return list(tabulate(document)["award_counts"].values())


@pytest.mark.parametrize(
    ("entries", "rounding", "sizes"),
    [
        (62, "floor", [6, 12, 18]),
        (63, "floor", [6, 12, 18]),
        (62, "half_up", [6, 12, 19]),
        (63, "half_up", [6, 13, 19]),
        (7, "floor", [0, 1, 2]),
        (7, "half_up", [1, 1, 2]),
        (7, "ceil", [1, 2, 3]),
        (7, "cumulative", [1, 1, 2]),
        (5, "cumulative", [1, 1, 1]),
        (0, "ceil", [0, 0, 0]),
    ],
)
def test_sizes_from_ratios(entries: int, rounding: str, sizes: list[int]) -> None:
    assert counts(of_totals(field_of(entries), awards={"tiers": RATIOS, "rounding": rounding})) == sizes


def test_floor_is_the_default_rounding() -> None:
    assert counts(of_totals(field_of(62), awards={"tiers": RATIOS})) == [6, 12, 18]


def test_a_small_field_can_be_guaranteed_a_first_prize_without_costing_another() -> None:
    assert counts(of_totals(field_of(7), awards={"tiers": RATIOS, "min_first": 1})) == [1, 1, 2]


def test_every_tier_is_counted_and_without_awards_there_are_none() -> None:
    assert tabulate(of_totals({"E1": "1"}, awards={"tiers": RATIOS}))["award_counts"] == {
        "first": 0,
        "second": 0,
        "third": 0,
    }
    assert tabulate(of_totals({"E1": "1"}))["award_counts"] == {}


@pytest.mark.parametrize(("basis", "half"), [("competed", 3), ("entered", 4), ("finalists", 1), (None, 3)])
def test_the_basis_is_the_number_that_ratios_apply_to(basis: str | None, half: int) -> None:
    document = of_totals(field_of(10))
    for place, settings in enumerate(
        [{"guest": True, "finalist": True}, {"status": "absent", "finalist": True}, {"status": "withdrawn"}]
    ):
        document["entries"][place].update(settings)
    document["entries"][3]["status"] = "zeroed"
    document["entries"][4]["finalist"] = True
    document["awards"] = {"tiers": [{"code": "half", "ratio": "0.5"}], "rounding": "floor"}
    if basis:
        document["awards"]["basis"] = basis

    assert counts(document) == [half]


def test_guests_take_no_place_unless_they_are_included() -> None:
    document = of_totals(field_of(3), awards={"tiers": [{"code": "prize", "count": 1}]})
    document["entries"][0]["guest"] = True

    assert column(document, "award") == {"E000": None, "E001": "prize", "E002": None}
    included = changed(document, "awards", "exclude_guests", to=False)
    assert column(included, "award") == {"E000": "prize", "E001": None, "E002": None}


def test_a_tie_with_a_guest_is_no_tie_among_those_who_can_win() -> None:
    awards = {"tiers": [{"code": "prize", "count": 1}], "ties": "shrink"}
    document = of_totals({"E1": "9", "E2": "9", "E3": "8"}, awards=awards)
    document["entries"][0]["guest"] = True

    assert column(document, "award") == {"E1": None, "E2": "prize", "E3": None}


COUNTS = [{"code": "a", "count": 1}, {"code": "b", "count": 2}, {"code": "c", "count": 1}]


def by_awards(totals: list[int], **awards: Any) -> str:
    """One letter an entry, best first, - for none."""
    document = of_totals({f"E{place}": str(total) for place, total in enumerate(totals)}, awards=awards)
    given = column(document, "award")
    return "".join(given[f"E{place}"] or "-" for place in range(len(totals)))


@pytest.mark.parametrize(
    ("totals", "ties", "given"),
    [
        ([9, 8, 7, 6, 5, 4], "extend", "abbc--"),
        ([9, 9, 7, 6, 5, 4], "extend", "aabbc-"),
        ([9, 9, 7, 6, 5, 4], "use_up", "aabc--"),
        ([9, 9, 7, 6, 5, 4], "shrink", "bbc---"),
        ([9, 9, 7, 6, 5, 4], "decide", "--bc--"),
        ([9, 9, 9, 9, 5, 4], "extend", "aaaabb"),
        ([9, 9, 9, 9, 5, 4], "use_up", "aaaa--"),
        ([9, 9, 9, 5, 5, 4], "use_up", "aaacc-"),
        ([9, 9, 9, 9, 5, 4], "shrink", "bbbbc-"),
        ([9, 9, 9, 9, 5, 4], "decide", "------"),
        ([9, 8, 7, 7, 7, 4], "extend", "abbbbc"),
        ([9, 8, 7, 7, 7, 4], "use_up", "abbbb-"),
        ([9, 8, 7, 7, 7, 4], "shrink", "abccc-"),
        ([9, 8, 7, 7, 7, 4], "decide", "ab----"),
        ([9, 8, 7, 6, 6, 6], "extend", "abbccc"),
        ([9, 8, 7, 6, 6, 6], "shrink", "abb---"),
        ([9, 8, 7, 6, 6, 6], "decide", "abb---"),
        ([9, 8, 8, 8, 6, 6], "shrink", "accc--"),
        ([9, 9, 7, 7, 7, 4], "shrink", "bb----"),
    ],
)
def test_ties_across_the_edges_of_tiers(totals: list[int], ties: str, given: str) -> None:
    assert by_awards(totals, tiers=COUNTS, ties=ties) == given


def test_a_tie_left_to_people_is_named_once() -> None:
    totals = {"E0": "9", "E1": "9", "E2": "9", "E3": "9", "E4": "1", "E5": "1"}
    document = of_totals(totals, awards={"tiers": COUNTS, "ties": "decide"})

    assert problems(document) == [("TIE_AT_EDGE", "E0", "E1", "E2", "E3")]


def test_two_ties_left_to_people_are_two_problems() -> None:
    document = of_totals({"E3": "9", "E2": "9", "E1": "8", "E0": "8"}, awards={"tiers": COUNTS[:2], "ties": "decide"})

    assert problems(document) == [("TIE_AT_EDGE", "E0", "E1"), ("TIE_AT_EDGE", "E2", "E3")]


def test_a_tie_inside_a_tier_or_across_an_empty_one_is_none() -> None:
    assert by_awards([9, 9, 8], tiers=[{"code": "a", "count": 2}], ties="shrink") == "aa-"
    assert by_awards([9, 9, 8], tiers=[{"code": "a", "count": 0}, {"code": "b", "count": 2}], ties="shrink") == "bb-"


def test_used_up_places_are_carried_over_more_than_one_tier() -> None:
    tiers = [{"code": "a", "count": 1}, {"code": "b", "count": 1}, {"code": "c", "count": 2}]

    assert by_awards([9, 9, 9, 5, 4], tiers=tiers, ties="use_up") == "aaac-"


def test_a_cut_off_takes_everybody_left_with_at_least_its_total() -> None:
    tiers = [{"code": "a", "count": 1}, {"code": "b", "min_total": "7"}, {"code": "c", "min_total": "5.5"}]

    assert by_awards([9, 8, 7, 7, 6, 5], tiers=tiers) == "abbbc-"


def test_the_floor_for_any_award_is_inclusive_and_uses_no_place() -> None:
    assert by_awards([90, 60, 59], tiers=[{"code": "a", "count": 3}], min_total="60") == "aa-"


def test_the_floor_holds_against_the_rounded_total() -> None:
    document = of_totals({"E1": "59.996"}, awards={"tiers": [{"code": "a", "count": 3}], "min_total": "60"})
    rounding = {"digits": 2, "mode": "half_up"}

    assert column(document, "award") == {"E1": None}
    assert column(changed(document, "scheme", "nodes", 0, "round", to=rounding), "award") == {"E1": "a"}


def test_within_widens_a_tier_from_its_best_and_uses_no_place_below() -> None:
    tiers = [{"code": "a", "count": 1, "within": "2"}, {"code": "b", "count": 1}, {"code": "c", "count": 1}]

    assert by_awards([9, 8, 7, 6, 5], tiers=tiers) == "aaabc"
    assert by_awards([9, 8, 7, 6, 5], tiers=tiers, ties="use_up") == "aaabc"


def test_within_measures_from_the_tiers_first_entry_and_ties_settle_the_rest() -> None:
    tiers = [{"code": "a", "count": 2, "within": "1"}, {"code": "b", "count": 1}]

    assert by_awards([9, 5, 5, 4], tiers=tiers, ties="extend") == "aaab"
    assert by_awards([9, 5, 5, 4], tiers=tiers, ties="shrink") == "abb-"


MEDALS = [
    {"code": "gold", "count": 1, "within": "2"},
    {"code": "silver", "count": 1, "within": "2"},
    {"code": "bronze", "count": 1, "within": "2"},
]
LETTER = {"gold": "g", "silver": "s", "bronze": "b", None: "-"}


@pytest.mark.parametrize(
    ("totals", "given", "kept"),
    [
        ([720, 715, 710, 705], "gsb-", None),
        ([720, 718, 710, 705], "ggb-", None),
        ([720, 718, 710, 708], "ggbb", None),
        ([720, 719, 718, 717], "gggb", None),
        ([720, 719, 718, 716, 714], "gggb-", None),
        ([720, 719, 718, 715], "ggg-", None),
        ([720, 715, 713, 709], "gss-", "gssb"),
        ([720, 715, 710, 708, 706], "gsbb-", None),
        ([720, 720, 720, 720], "gggg", None),
        ([720], "g", None),
        ([720, 718], "gg", None),
        ([], "", None),
    ],
)
def test_shared_medals(totals: list[int], given: str, kept: str | None) -> None:
    field = {f"E{place}": str(total) for place, total in enumerate(totals)}
    for setting, expected in (("as_gold", given), ("keep_bronze", kept or given)):
        awards = {"tiers": MEDALS, "merge_rule": "worldskills", "shared_silver": setting, "ties": "decide"}
        document = of_totals(field, awards=awards)
        won = column(document, "award")

        assert "".join(LETTER[won[code]] for code in field) == expected
        assert problems(document) == []


def test_zeroed_incomplete_and_absent_entries_win_nothing() -> None:
    document = of_totals(
        field_of(5), awards={"tiers": [{"code": "a", "count": 9}]}, incomplete_last_by=[["total", "desc"]]
    )
    document["entries"][0]["status"] = "zeroed"
    document["entries"][1]["status"] = "absent"
    document["marks"][2]["value"] = None

    given = column(document, "award")

    assert given == {"E000": None, "E001": None, "E002": None, "E003": "a", "E004": "a"}
