"""Marks that their leaf cannot take."""

from decimal import Decimal
from typing import Any

import pytest

from backend.tabulation import read_tabulation
from tests.tabulation.documents import Json, changed, refused_at
from tests.tabulation.good import BAD_NUMBERS, GOOD, NODES, B, J, M, P


@pytest.mark.parametrize("bad", [bad for bad in BAD_NUMBERS if bad is not None])
def test_only_plain_decimal_strings_are_marks(bad: Any) -> None:
    assert refused_at(changed(GOOD, "marks", 0, "value", to=bad)) == ["$.marks[0].value"]


@pytest.mark.parametrize("good", ["0", "-0", "0.00", "2", "1." + "0" * 38, None])
def test_a_mark_may_have_any_digits_or_be_null(good: str | None) -> None:
    assert read_tabulation(changed(GOOD, "marks", 0, "value", to=good)).event_code == "GZ"


@pytest.mark.parametrize(
    ("node", "judge", "bad"),
    [
        ("B", None, "0.25"),
        ("B", None, "0.51"),
        ("P", "J1", "10.01"),
        ("P", "J1", "-1.01"),
        ("M", None, "2.0000001"),
    ],
)
def test_marks_out_of_their_leafs_range(node: str, judge: str | None, bad: str) -> None:
    mark = {"entry": "E2", "node": node, "value": bad, **({"judge": judge} if judge else {})}

    assert refused_at(changed(GOOD, "marks", 0, to=mark)) == ["$.marks[0].value"]


@pytest.mark.parametrize(
    ("node", "judge", "good"),
    [
        ("B", None, "0.5"),
        ("B", None, "0.00"),
        ("P", "J1", "10"),
        ("P", "J1", "-1"),
        ("V", None, "-99999"),
        ("J", "J2", "3.0"),
    ],
)
def test_marks_inside_their_leafs_range(node: str, judge: str | None, good: str) -> None:
    mark = {"entry": "E2", "node": node, "value": good, **({"judge": judge} if judge else {})}

    assert read_tabulation(changed(GOOD, "marks", 0, to=mark)).event_code == "GZ"


@pytest.mark.parametrize("first", ["1.60", None])
@pytest.mark.parametrize("second", ["1.60", "0", None])
def test_a_second_mark_for_the_same_entry_node_and_judge(first: str | None, second: str | None) -> None:
    marks = [{"entry": "E1", "node": "M", "value": value} for value in ("2", "2")]
    marks[0]["value"], marks[1]["value"] = first, second  # type: ignore[assignment]

    assert refused_at(changed(GOOD, "marks", to=marks)) == ["$.marks[1]"]


def test_deductions_may_be_several() -> None:
    marks = [{"entry": "E1", "node": "D", "value": "2"}] * 3

    assert read_tabulation(changed(GOOD, "marks", to=marks)).marks["E1"]["D"] == (Decimal(2),) * 3


@pytest.mark.parametrize("bad", [{"max": "x"}, {"max": None}])
@pytest.mark.parametrize("node", [M, B, J, P])
def test_a_limit_that_cannot_be_read_makes_no_mark_wrong(node: int, bad: Json) -> None:
    document = changed(GOOD, "scheme", "nodes", node, to={**NODES[node], **bad})
    judge = {"judge": "J9"} if node in (J, P) else {}
    document["marks"] = [{"entry": "E1", "node": NODES[node]["code"], "value": "2", **judge}]

    assert refused_at(document) == [f"$.scheme.nodes[{node}].max"]
