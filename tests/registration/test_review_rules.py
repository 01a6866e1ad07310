"""Whose turn it is, and what changed between two submissions."""

from __future__ import annotations

import pytest

from competitions.registration.rulebook.reviewing import Change, changes_between, next_step


@pytest.mark.parametrize(
    ("steps", "after", "overseen", "expected"),
    [
        ([], -1, True, None),
        (["organiser"], -1, False, 0),
        (["bureau", "organiser"], -1, True, 0),
        (["bureau", "organiser"], -1, False, 1),
        (["bureau", "organiser"], 0, True, 1),
        (["bureau", "organiser"], 1, True, None),
        (["bureau"], -1, False, None),
    ],
)
def test_the_next_reviewer(steps: list[str], after: int, overseen: bool, expected: int | None) -> None:
    assert next_step(steps, after, overseen=overseen) == expected


def test_what_changed_between_two_submissions() -> None:
    older = {"": {"tech_platform": "甲"}, "a": {"name": "王", "grade": "2024"}, "b": {"name": "李"}}
    newer = {"": {"tech_platform": "乙"}, "a": {"name": "王", "grade": "2025"}, "c": {"name": "赵"}}

    assert changes_between(older, newer) == [
        Change("", "tech_platform", "甲", "乙"),
        Change("a", "grade", "2024", "2025"),
        Change("c", "name", "", "赵"),
        Change("b", "name", "李", ""),
    ]


def test_nothing_changed() -> None:
    same = {"": {"tech_platform": "甲"}, "a": {"name": "王"}}

    assert changes_between(same, same) == []
