"""Answers, the order of an offer, and who gets what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.selection.rulebook import Question, answer_problems, place, rank_offer, tabulation_of

CRITERIA = [("1", Decimal("60"), Decimal("1")), ("2", Decimal("40"), Decimal("0.5"))]


@pytest.mark.parametrize(
    ("kind", "required", "answer", "code"),
    [
        ("text", True, "", "MISSING"),
        ("text", True, "   ", "MISSING"),
        ("text", False, "", ""),
        ("text", True, "字" * 201, "TOO_LONG"),
        ("whole", True, "12", ""),
        ("whole", True, "12.5", "NOT_WHOLE"),
        ("whole", True, "-1", "NEGATIVE"),
        ("whole", True, "许多", "NOT_A_NUMBER"),
        ("amount", True, "12.50", ""),
        ("amount", True, "NaN", "NOT_A_NUMBER"),
        ("amount", True, "Infinity", "NOT_A_NUMBER"),
        ("yes", True, "yes", ""),
    ],
)
def test_an_answer_is_checked_by_its_kind(kind: str, required: bool, answer: str, code: str) -> None:
    found = answer_problems([Question("q", "问题", kind, required)], {"q": answer})

    assert found == ({"q": code} if code else {})


def test_the_order_is_the_exact_weighted_mean_and_ties_follow_the_group() -> None:
    points = {
        "A": {"J1": {"1": Decimal("50"), "2": Decimal("30")}, "J2": {"1": Decimal("51"), "2": Decimal("30")}},
        "B": {"J1": {"1": Decimal("50.5"), "2": Decimal("30")}, "J2": {"1": Decimal("50.5"), "2": Decimal("30")}},
        "C": {"J1": {"1": Decimal("60"), "2": Decimal("12")}, "J2": {"1": Decimal("60"), "2": Decimal("12")}},
    }

    found = rank_offer(tabulation_of("o", CRITERIA, points), {"B": 0, "A": 1, "C": 2})

    assert [(r.code, r.total, r.rank, r.place) for r in found] == [
        ("C", "66", 1, 1),
        ("B", "65.5", 2, 2),
        ("A", "65.5", 2, 3),
    ]


def test_who_may_win_only_one_gets_what_it_wanted_most_and_makes_room() -> None:
    found = place(
        {"a": 1, "b": 1},
        {"a": ["x", "y"], "b": ["x", "y"]},
        {"x": ["b", "a"], "y": ["a", "b"]},
        {"x": 1, "y": None},
    )

    assert found.chosen == {"a": ["y"], "b": ["x"]}
    assert found.why == {("a", "x"): "limit", ("a", "y"): "chosen", ("b", "x"): "chosen", ("b", "y"): "below"}


def test_who_is_pushed_out_of_its_first_wish_goes_on_to_the_next() -> None:
    found = place({"a": 1, "b": 1}, {"a": ["x", "y"], "b": ["y"]}, {"x": ["a"], "y": ["a", "b"]}, {"x": 1, "y": 1})

    assert found.chosen == {"a": ["x"], "b": ["y"]}


@given(st.data())
def test_nobody_who_was_refused_was_better_and_still_free(data: st.DataObject) -> None:
    schools, offers = ["w", "x", "y", "z"], ["a", "b", "c"]
    wishes = {s: data.draw(st.permutations(offers).map(lambda p: p[: data.draw(st.integers(0, 3))])) for s in schools}
    ranked = {o: data.draw(st.permutations([s for s in schools if o in wishes[s]])) for o in offers}
    limits = {s: data.draw(st.integers(1, 3) | st.none()) for s in schools}
    places = {o: data.draw(st.integers(1, 2)) for o in offers}

    found = place(places, ranked, wishes, limits)

    for offer in offers:
        assert len(found.chosen[offer]) <= places[offer]
        for school in ranked[offer]:
            won = [o for o in offers if school in found.chosen[o]]
            assert limits[school] is None or len(won) <= limits[school]
            if offer in won:
                continue
            full_of_better = len(found.chosen[offer]) == places[offer] and all(
                ranked[offer].index(kept) < ranked[offer].index(school) for kept in found.chosen[offer]
            )
            has_what_it_wanted_more = (
                limits[school] is not None
                and len(won) == limits[school]
                and all(wishes[school].index(o) < wishes[school].index(offer) for o in won)
            )
            assert full_of_better or has_what_it_wanted_more
