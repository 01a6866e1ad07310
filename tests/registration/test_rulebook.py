"""The rules of entering, as tables: one person, rows among each other, a team as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.contests.rulebook import AgeRules, TeamRules
from competitions.registration.rulebook import Claim, Standing, gaps_of, judge_member, judge_rows
from tests.registration.world import id_number, member

TODAY = date(2026, 11, 24)
AGE = AgeRules(max=25, min=16, on=date(2026, 5, 1))
TEAM = TeamRules(3, 3, 2, 0, 1, 0, 2)


def row(number: int, person: str, role: str = "contestant", team: int = 1, school: str = "a", **more: object) -> Claim:
    return Claim(number, school, team, role, person, **more)  # type: ignore[arg-type]


def found(claims: Sequence[Claim], standing: Sequence[Standing] = (), **more: object) -> list[tuple[str, int, int]]:
    return [(f.code, f.row, f.other_row) for f in judge_rows(claims, standing, TEAM, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("birth", "role", "codes"),
    [
        ("20000502", "contestant", []),  # 25 on the day, 26 on the next
        ("20000501", "contestant", ["AGE_ABOVE"]),
        ("20000501", "instructor", []),
        ("20100501", "contestant", []),
        ("20100502", "contestant", ["AGE_BELOW"]),
    ],
)
def test_age_counts_on_the_day_of_the_rules(birth: str, role: str, codes: list[str]) -> None:
    draft = member(1, role)
    draft = type(draft)(role=role, name="人", id_number=id_number(1, birth))

    assert [f.code for f in judge_member(draft, AGE, TODAY)] == codes


def test_sex_is_held_against_the_number() -> None:
    woman = id_number(100)

    told = [judge_member(type(member(1))("contestant", "人", woman, sex=s), None, TODAY) for s in ("F", "M", "")]

    assert [[f.code for f in findings] for findings in told] == [[], ["SEX_OTHER_THAN_ID"], []]


def test_blank_name_and_number_are_both_told() -> None:
    assert [f.field for f in judge_member(type(member(1))("contestant", " "), None, TODAY)] == ["name", "id_number"]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([row(1, "p"), row(2, "p", team=2)], [("DUPLICATE_PERSON", 2, 1)]),
        ([row(1, "p"), row(2, "p", school="b")], [("DUPLICATE_PERSON", 2, 1)]),
        ([row(1, "p"), row(2, "p", "instructor", team=2)], [("DUPLICATE_PERSON", 2, 1)]),
        ([row(1, "p", "instructor"), row(2, "p", "instructor", team=2)], []),
        ([row(1, "p", "instructor"), row(2, "p", "leader")], []),
        ([row(1, "p", "leader"), row(2, "p", "leader")], [("DUPLICATE_PERSON", 2, 1), ("TOO_MANY_LEADERS", 2, 0)]),
        ([row(1, ""), row(2, "")], []),
    ],
)
def test_same_person_is_charged_to_the_later_row(claims: list[Claim], expected: list[tuple[str, int, int]]) -> None:
    assert found(claims) == expected


def test_fourth_contestant_is_charged_even_when_an_earlier_row_cannot_be_read() -> None:
    claims = [row(1, "a"), row(2, ""), row(3, "c"), row(4, "d")]

    assert found(claims) == [("TOO_MANY_CONTESTANTS", 4, 0)]


def test_what_stands_comes_before_every_row() -> None:
    standing = [Standing("a", 1, "contestant", p) for p in ("x", "y", "z")]

    assert found([row(1, "x", known=True), row(2, "n")], standing) == [("TOO_MANY_CONTESTANTS", 2, 0)]
    assert found([row(1, "x", team=2)], standing) == [("ALREADY_ENTERED", 1, 0)]


def test_third_team_of_a_school_is_one_too_many() -> None:
    claims = [row(1, "a", team=1), row(2, "b", team=5), row(3, "c", team=2), row(4, "d", team=2)]

    assert found(claims) == [("TOO_MANY_TEAMS", 3, 0), ("TOO_MANY_TEAMS", 4, 0)]
    assert found([row(1, "a", team=3)], teams_known=[("a", 1), ("a", 2)]) == [("TOO_MANY_TEAMS", 1, 0)]
    assert found([row(1, "a", team=2)], teams_known=[("a", 1), ("a", 2)]) == []


def test_team_uses_one_of_the_offered_platforms() -> None:
    claims = [row(1, "a", platform="甲"), row(2, "b", platform="乙"), row(3, "c"), row(4, "d", team=2, platform="丙")]

    told = found(claims, platforms=["甲", "乙"])

    assert told == [("PLATFORM_DIFFERS", 2, 1), ("PLATFORM_MISSING", 3, 0), ("PLATFORM_UNKNOWN", 4, 0)]


def test_gaps_of_a_team() -> None:
    assert gaps_of({"contestant": 2, "leader": 1}, TEAM) == [("contestant", 1)]
    assert gaps_of({"contestant": 3}, TEAM) == []


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("pqrs"), st.integers(1, 3)), max_size=25))
def test_rows_left_over_keep_every_limit(drawn: list[tuple[int, str, int]]) -> None:
    claims = [row(n, person, school=str(school), team=team) for n, (school, person, team) in enumerate(drawn, 1)]

    refused = {f.row for f in judge_rows(claims, (), TEAM)}
    left = [c for c in claims if c.row not in refused]

    assert len({c.person for c in left}) == len(left)
    assert max((sum(c.school == s for c in left) for s in "1234"), default=0) <= 6
    assert found(left) == []
