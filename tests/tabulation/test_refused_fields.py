"""Keys that are missing or unknown and values of the wrong type are refused at their path."""

import json
from typing import Any

import pytest

from backend.tabulation import Refused, read_rules, read_scheme, read_tabulation
from tests.tabulation.documents import changed, refused_at, without
from tests.tabulation.good import BAD_NUMBERS, GOOD, at


def test_the_good_document_is_read() -> None:
    assert read_tabulation(GOOD).event_code == "GZ"
    assert read_tabulation(json.dumps(GOOD).encode()).sha256 == read_tabulation(GOOD).sha256


@pytest.mark.parametrize(
    "path",
    [
        "format",
        "event",
        "event.code",
        "scheme",
        "scheme.total",
        "scheme.nodes",
        "scheme.nodes[0].code",
        "scheme.nodes[0].kind",
        "scheme.nodes[0].max",
        "scheme.nodes[1].max",
        "scheme.nodes[2].max",
        "scheme.nodes[2].levels",
        "scheme.nodes[4].round.digits",
        "scheme.nodes[4].round.mode",
        "scheme.nodes[6].of",
        "scheme.nodes[9].keep",
        "scheme.nodes[11].of",
        "entries",
        "entries[0].code",
        "marks",
        "marks[0].entry",
        "marks[0].node",
        "marks[0].value",
        "marks[1].judge",
        "ranking",
        "ranking.by",
        "awards.tiers",
        "awards.tiers[0].code",
    ],
)
def test_what_is_required_is_missed_at_its_own_path(path: str) -> None:
    found = refused_at(without(GOOD, *at(path)))

    assert f"$.{path}" in found


@pytest.mark.parametrize(
    "path",
    [
        "event.name",
        "scheme.nodes[0].name",
        "scheme.nodes[0].section",
        "scheme.nodes[2].max_spread",
        "scheme.nodes[2].min_marks",
        "scheme.nodes[3].min",
        "scheme.nodes[3].max",
        "scheme.nodes[3].trim_high",
        "scheme.nodes[3].trim_low",
        "scheme.nodes[3].combine",
        "scheme.nodes[4].round",
        "scheme.nodes[5].cap",
        "scheme.nodes[5].floor",
        "scheme.nodes[6].minus",
        "scheme.nodes[8].factor",
        "scheme.nodes[9].order",
        "scheme.nodes[9].combine",
        "scheme.nodes[10].trim_high",
        "scheme.nodes[10].combine",
        "entries[0].status",
        "entries[0].guest",
        "entries[0].finalist",
        "entries[0].unit",
        "marks[2].reason",
        "ranking.style",
        "ranking.incomplete_last_by",
        "awards",
        "awards.basis",
        "awards.exclude_guests",
        "awards.rounding",
        "awards.ties",
        "awards.min_total",
        "awards.min_first",
        "awards.shared_silver",
        "awards.tiers[0].name",
        "awards.tiers[1].within",
    ],
)
def test_what_is_optional_may_be_left_out(path: str) -> None:
    assert read_tabulation(without(GOOD, *at(path))).event_code == "GZ"


@pytest.mark.parametrize(
    "path",
    [
        "extra",
        "event.extra",
        "scheme.extra",
        "scheme.nodes[0].levels",
        "scheme.nodes[0].minus",
        "scheme.nodes[0].min",
        "scheme.nodes[1].trim_low",
        "scheme.nodes[2].trim_low",
        "scheme.nodes[3].levels",
        "scheme.nodes[4].max",
        "scheme.nodes[5].max",
        "scheme.nodes[5].of",
        "scheme.nodes[6].factor",
        "scheme.nodes[7].keep",
        "scheme.nodes[8].weights",
        "scheme.nodes[9].trim_low",
        "scheme.nodes[10].keep",
        "scheme.nodes[11].factor",
        "scheme.nodes[4].round.extra",
        "entries[0].name",
        "marks[0].time",
        "ranking.extra",
        "awards.extra",
        "awards.within",
        "awards.tiers[0].extra",
    ],
)
def test_an_unknown_key_is_refused_at_its_own_path(path: str) -> None:
    assert refused_at(changed(GOOD, *at(path), to="1")) == [f"$.{path}"]


@pytest.mark.parametrize("bad", BAD_NUMBERS)
@pytest.mark.parametrize("path", ["scheme.nodes[0].max", "scheme.nodes[0].cap", "awards.tiers[0].ratio"])
def test_only_plain_decimal_strings_are_numbers(path: str, bad: Any) -> None:
    assert refused_at(changed(GOOD, *at(path), to=bad)) == [f"$.{path}"]


@pytest.mark.parametrize("bad", [True, False, 1.0, "1", None, -1, 10**30 + 0.5])
@pytest.mark.parametrize(
    "path",
    [
        "scheme.nodes[2].levels",
        "scheme.nodes[2].max_spread",
        "scheme.nodes[2].min_marks",
        "scheme.nodes[3].trim_high",
        "scheme.nodes[10].trim_high",
        "scheme.nodes[9].keep",
        "scheme.nodes[4].round.digits",
        "awards.min_first",
        "awards.tiers[1].count",
    ],
)
def test_counts_are_json_integers_and_not_booleans(path: str, bad: Any) -> None:
    assert refused_at(changed(GOOD, *at(path), to=bad)) == [f"$.{path}"]


def test_control_characters_in_a_key_do_not_break_the_line() -> None:
    assert refused_at(changed(GOOD, "a\nb", to=1)) == ["$.a\\u000ab"]


def test_all_problems_come_at_once() -> None:
    document = changed(GOOD, "format", to="x")
    document["scheme"]["nodes"][0]["max"] = "x"
    document["entries"][1]["status"] = "x"
    document["marks"][2] = {"entry": "X", "node": "Y", "judge": 1, "value": "x", "z": 1}
    document["ranking"]["style"] = "x"
    document["awards"]["ties"] = "x"

    assert refused_at(document) == [
        "$.format",
        "$.scheme.nodes[0].max",
        "$.ranking.style",
        "$.awards.ties",
        "$.entries[1].status",
        "$.marks[2].judge",
        "$.marks[2].entry",
        "$.marks[2].node",
        "$.marks[2].value",
        "$.marks[2].z",
    ]


def test_a_scheme_or_the_rules_alone_are_refused_from_their_own_root() -> None:
    with pytest.raises(Refused) as of_scheme:
        read_scheme({"total": "T", "nodes": [{"code": "T", "kind": "sum"}]})
    with pytest.raises(Refused) as of_rules:
        read_rules({"scheme": GOOD["scheme"], "ranking": {"by": [["X", "asc"]]}, "marks": []})

    assert [path for path, _ in of_scheme.value.problems] == ["$.nodes[0].of"]
    assert [path for path, _ in of_rules.value.problems] == ["$.ranking.by[0][0]", "$.marks"]
