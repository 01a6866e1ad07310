"""Compositions: never a hard rule broken, never dearer than need be, and a reason where there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.judges.enums import Duty, Rule, Tie
from competitions.judges.rulebook import (
    Ask,
    Bond,
    Breach,
    Candidate,
    Need,
    PanelRules,
    Place,
    Slot,
    answer,
    breaches,
    cost,
    hard_breaches,
    read_judging,
    worth,
)
from competitions.judges.rulebook.reading import WEIGHTS
from competitions.judges.services.solving import solve

DAY = datetime(2026, 5, 10, 1, tzinfo=UTC)


def slot(key: str, begins: int = 0, hours: int = 3) -> Slot:
    return Slot(key, DAY + timedelta(hours=begins), DAY + timedelta(hours=begins + hours), frozenset({"S1", "S2"}))


def judge(key: str, **fields: Any) -> Candidate:
    return Candidate(key, **{"outside": True, "served": 1, **fields})


def ask(candidates: list[Candidate], slots: list[Slot], count: int = 1, **rules: Any) -> Ask:
    needs = tuple(Need(s.key, Duty.JUDGE, count) for s in slots)
    return Ask(tuple(candidates), tuple(slots), needs, PanelRules(WEIGHTS, **rules))


def student_of(school: str) -> Bond:
    return Bond(Tie.FORMER_STUDENT, school, (("event", "GZ-2024-012"),))


def test_a_soft_tie_gives_way_to_somebody_without_it() -> None:
    tied, free = judge("a", bonds=(student_of("S1"),)), judge("b")

    found = answer(ask([tied, free], [slot("1")]), solve)

    assert found.choice == {("1", Duty.JUDGE, "b")}


def test_a_soft_tie_is_taken_and_told_when_there_is_nobody_else() -> None:
    bond = student_of("S1")
    asked = ask([judge("a", bonds=(bond,))], [slot("1")])

    found = answer(asked, solve)

    assert breaches(asked, found.choice) == [Breach(Tie.FORMER_STUDENT, "1", Duty.JUDGE, "a", bond=bond)]


def test_a_tie_to_a_school_that_does_not_compete_is_none() -> None:
    asked = ask([judge("a", bonds=(student_of("S9"),))], [slot("1")])

    assert breaches(asked, answer(asked, solve).choice) == []


def test_nobody_sits_in_two_sessions_at_once_but_may_in_two_that_follow() -> None:
    one = [judge("a")]

    at_once = answer(ask(one, [slot("1"), slot("2", 1)]), solve)
    in_turn = answer(ask(one, [slot("1"), slot("2", 3)]), solve)

    assert (at_once.found, in_turn.found) == (False, True)
    assert at_once.clash == (Rule.VACANT,)


def test_a_clash_names_only_the_rules_that_clash() -> None:
    people = [judge("a", firm="F", age=70), judge("b", firm="F"), judge("c")]
    asked = ask(people, [slot("1")], count=3, share=Fraction(1, 3), firm_max=1, age_max=65)

    found = answer(asked, solve)

    assert found.clash == (Rule.VACANT, Rule.FIRM)
    assert {b.rule for b in found.broken} == {Rule.VACANT}


def test_the_relief_lets_one_rule_go_rather_than_two() -> None:
    people = [judge("a", age=70), judge("b", age=70, firm="F"), judge("c", firm="F")]
    asked = ask(people, [slot("1")], count=2, firm_max=1, age_max=65)

    found = answer(asked, solve)

    assert len({b.rule for b in found.broken}) == 1


def test_somebody_who_cannot_be_replaced_has_no_price() -> None:
    asked = ask([judge("a"), judge("b", outside=False)], [slot("1")])
    points = cost(asked, answer(asked, solve).choice)
    alone = ask([judge("a")], [slot("1")])

    assert worth(asked, "a", points, solve) == WEIGHTS[Rule.HOME]
    assert worth(alone, "a", 1, solve) is None


def test_a_pinned_place_stays() -> None:
    asked = ask([judge("a", outside=False), judge("b")], [slot("1")])
    pinned = Ask(asked.candidates, asked.slots, asked.needs, asked.rules, pinned=frozenset({("1", Duty.JUDGE, "a")}))

    assert answer(pinned, solve).choice == pinned.pinned


def test_what_the_rules_leave_open_is_a_default_and_what_cannot_be_weighed_stays_hard() -> None:
    read = read_judging({"panel": {"weights": {"same_school": 7, "takes_part": 1}, "enterprise_share": "1/3"}})

    assert (read.panel.weight(Tie.SAME_SCHOOL), read.panel.hard(Tie.TAKES_PART)) == (7, True)
    assert (read.panel.share, read.judges, read.own_staff) == (Fraction(1, 3), 3, False)


BONDS = st.builds(Bond, st.sampled_from([Tie.SAME_SCHOOL, Tie.FORMER_STUDENT]), st.sampled_from(["S1", "S9"]))
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["", "", "F", "G"]),
        st.booleans(),
        st.sampled_from([None, 40, 70]),
        st.sampled_from([frozenset({"judge"}), frozenset({"judge", "chief"})]),
        st.lists(BONDS, max_size=1).map(tuple),
        st.sampled_from([0, 2]),
    ),
    max_size=5,
)
ASKS = st.builds(
    lambda people, starts, count, share, firm_max, load_max: ask(
        [
            Candidate(f"p{n}", firm=f, outside=o, age=a, duties=d, bonds=b, served=s)
            for n, (f, o, a, d, b, s) in enumerate(people)
        ],
        [slot(str(n), start) for n, start in enumerate(starts)],
        count=count,
        share=share,
        firm_max=firm_max,
        load_max=load_max,
        age_max=65,
    ),
    PEOPLE,
    st.lists(st.sampled_from([0, 2, 3]), min_size=1, max_size=2),
    st.integers(1, 2),
    st.sampled_from([None, Fraction(1, 3)]),
    st.sampled_from([None, 1]),
    st.sampled_from([None, 1]),
)


def every_composition(asked: Ask) -> list[frozenset[Place]]:
    """Whoever could sit anywhere, enumerated."""
    keys = [c.key for c in asked.candidates]
    seats = [[[(n.slot, n.duty, k) for k in some] for some in combinations(keys, n.count)] for n in asked.needs]
    return [frozenset(place for part in parts for place in part) for parts in product(*seats)]


@settings(max_examples=120, deadline=None)
@given(ASKS)
def test_a_composition_breaks_no_hard_rule_and_none_is_cheaper(asked: Ask) -> None:
    possible = [choice for choice in every_composition(asked) if not hard_breaches(asked, choice)]

    found = answer(asked, solve)

    assert found.found == bool(possible)
    if possible:
        assert hard_breaches(asked, found.choice) == []
        assert cost(asked, found.choice) == min(cost(asked, choice) for choice in possible)
    else:
        assert {b.rule for b in found.broken} != set()
