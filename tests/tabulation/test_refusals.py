"""Every way to break tabulation/1 is refused at its path."""

import json
from decimal import Decimal
from typing import Any

import pytest

from backend.tabulation import Refused, read_rules, read_scheme, read_tabulation
from tests.tabulation.documents import Json, changed, of_totals, refused_at, without

NODES: list[Json] = [
    {"code": "M", "kind": "measurement", "max": "2.00", "name": "", "section": "3"},
    {"code": "B", "kind": "binary", "max": "0.50"},
    {"code": "J", "kind": "judgement", "max": "1.50", "levels": 3, "max_spread": 1, "min_marks": 1},
    {
        "code": "P",
        "kind": "panel",
        "min": "-1",
        "max": "10",
        "trim_high": 1,
        "trim_low": 1,
        "combine": "mean",
    },
    {"code": "V", "kind": "value", "round": {"digits": 2, "mode": "half_up"}},
    {"code": "D", "kind": "deductions", "cap": "10", "floor": "0"},
    {"code": "SUM", "kind": "sum", "of": ["M", "B"], "minus": ["D"]},
    {"code": "MEAN", "kind": "mean", "of": ["J", "P"]},
    {"code": "PROD", "kind": "product", "of": ["V"], "factor": "0.6"},
    {"code": "BEST", "kind": "best", "of": ["M", "B"], "keep": 1, "order": "asc", "combine": "sum"},
    {"code": "TRIM", "kind": "trimmed", "of": ["M", "B"], "trim_high": 1, "combine": "median"},
    {"code": "T", "kind": "weighted", "of": [["SUM", "0.3"], ["MEAN", "0.7"]]},
]
M, B, J, P, V, D, SUM, MEAN, PROD, BEST, TRIM, T = range(len(NODES))

GOOD: Json = {
    "format": "tabulation/1",
    "event": {"code": "GZ", "name": "网站技术"},
    "scheme": {"total": "T", "nodes": NODES},
    "entries": [
        {"code": "E1", "status": "competed", "guest": False, "finalist": True, "unit": "U1"},
        {"code": "E2", "status": "absent"},
    ],
    "marks": [
        {"entry": "E1", "node": "M", "value": "1.60"},
        {"entry": "E1", "node": "J", "judge": "J1", "value": "2"},
        {"entry": "E1", "node": "D", "value": "2", "reason": "S24-3"},
    ],
    "ranking": {"by": [["T", "desc"], ["V", "asc"]], "style": "dense", "incomplete_last_by": [["V", "asc"]]},
    "awards": {
        "basis": "finalists",
        "exclude_guests": False,
        "tiers": [
            {"code": "first", "name": "一等奖", "ratio": "0.1"},
            {"code": "second", "count": 2, "within": "1"},
            {"code": "third", "min_total": "60"},
        ],
        "rounding": "ceil",
        "ties": "decide",
        "min_total": "-5",
        "min_first": 1,
        "shared_silver": "keep_bronze",
    },
}


def at(path: str) -> list[str | int]:
    """`scheme.nodes[3].max` as steps."""
    return [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]


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


BAD_NUMBERS: list[Any] = [
    1,
    1.5,
    True,
    None,
    "",
    "+1",
    "01",
    ".5",
    "1.",
    "1e3",
    " 1",
    "1\n",
    "١",
    "NaN",
    "-",
    "1,5",
    "9" * 41,
    [],
]


@pytest.mark.parametrize("bad", BAD_NUMBERS)
@pytest.mark.parametrize("path", ["scheme.nodes[0].max", "scheme.nodes[0].cap", "awards.tiers[0].ratio"])
def test_only_plain_decimal_strings_are_numbers(path: str, bad: Any) -> None:
    assert refused_at(changed(GOOD, *at(path), to=bad)) == [f"$.{path}"]


@pytest.mark.parametrize("bad", [bad for bad in BAD_NUMBERS if bad is not None])
def test_only_plain_decimal_strings_are_marks(bad: Any) -> None:
    assert refused_at(changed(GOOD, "marks", 0, "value", to=bad)) == ["$.marks[0].value"]


@pytest.mark.parametrize("good", ["0", "-0", "0.00", "2", "1." + "0" * 38, None])
def test_a_mark_may_have_any_digits_or_be_null(good: str | None) -> None:
    assert read_tabulation(changed(GOOD, "marks", 0, "value", to=good)).event_code == "GZ"


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


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        ("format", "tabulation/2"),
        ("format", 1),
        ("event", []),
        ("event", None),
        ("event.code", ""),
        ("event.code", 7),
        ("event.name", None),
        ("scheme", "x"),
        ("scheme.total", "NOBODY"),
        ("scheme.nodes", {}),
        ("scheme.nodes[0]", "M"),
        ("scheme.nodes[0].kind", "guess"),
        ("scheme.nodes[0].kind", None),
        ("scheme.nodes[0].max", "-0.01"),
        ("scheme.nodes[0].cap", "-1"),
        ("scheme.nodes[1].max", "-1"),
        ("scheme.nodes[2].levels", 0),
        ("scheme.nodes[2].min_marks", 0),
        ("scheme.nodes[3].max", "-2"),
        ("scheme.nodes[3].min_marks", 2),
        ("scheme.nodes[3].combine", "best"),
        ("scheme.nodes[3].trim_low", -1),
        ("scheme.nodes[4].round", None),
        ("scheme.nodes[4].round.digits", 21),
        ("scheme.nodes[4].round.mode", "bankers"),
        ("scheme.nodes[6].of", []),
        ("scheme.nodes[6].of", "M"),
        ("scheme.nodes[6].of[0]", "NOBODY"),
        ("scheme.nodes[6].of[1]", "M"),
        ("scheme.nodes[6].of[1]", 1),
        ("scheme.nodes[6].of[1]", ""),
        ("scheme.nodes[6].minus", []),
        ("scheme.nodes[6].minus[0]", "NOBODY"),
        ("scheme.nodes[6].of[0]", "SUM"),
        ("scheme.nodes[8].factor", "-0.1"),
        ("scheme.nodes[9].keep", 0),
        ("scheme.nodes[9].keep", 3),
        ("scheme.nodes[9].order", "up"),
        ("scheme.nodes[10].of", ["M"]),
        ("scheme.nodes[11].of[0]", "SUM"),
        ("scheme.nodes[11].of[0]", ["SUM"]),
        ("scheme.nodes[11].of[0][0]", "NOBODY"),
        ("scheme.nodes[11].of[1][0]", "SUM"),
        ("scheme.nodes[11].of[0][1]", "-0.1"),
        ("scheme.nodes[11].of[0][1]", 1),
        ("entries", {}),
        ("entries[1]", None),
        ("entries[1].code", "E1"),
        ("entries[1].code", ""),
        ("entries[1].status", "late"),
        ("entries[0].guest", 0),
        ("entries[0].finalist", "true"),
        ("entries[0].unit", 1),
        ("marks", None),
        ("marks[0]", []),
        ("marks[0]", "E1"),
        ("marks[0].entry", "NOBODY"),
        ("marks[0].entry", ["E1"]),
        ("marks[0].node", "NOBODY"),
        ("marks[0].node", "SUM"),
        ("marks[0].node", {}),
        ("marks[0].value", "2.01"),
        ("marks[0].value", "-0.01"),
        ("marks[0].value", {}),
        ("marks[0].judge", "J1"),
        ("marks[0].reason", 1),
        ("marks[1].judge", ""),
        ("marks[1].judge", None),
        ("marks[1].value", "4"),
        ("marks[1].value", "-1"),
        ("marks[1].value", "1.5"),
        ("marks[2].value", "-1"),
        ("marks[2].value", None),
        ("marks[2].judge", "J1"),
        ("ranking", []),
        ("ranking.by", []),
        ("ranking.by[1]", ["V"]),
        ("ranking.by[1]", "V"),
        ("ranking.by[1][0]", "NOBODY"),
        ("ranking.by[1][1]", "down"),
        ("ranking.style", "olympic"),
        ("ranking.incomplete_last_by", []),
        ("ranking.incomplete_last_by[0][0]", "NOBODY"),
        ("awards", None),
        ("awards.basis", "all"),
        ("awards.exclude_guests", 1),
        ("awards.rounding", "up"),
        ("awards.ties", "share"),
        ("awards.min_total", 60),
        ("awards.merge_rule", "olympic"),
        ("awards.shared_silver", "drop"),
        ("awards.tiers[0].ratio", "-0.1"),
        ("awards.tiers[1].count", -1),
        ("awards.tiers[1].within", "-1"),
        ("awards.tiers[1].code", "first"),
        ("awards.tiers[1].code", ""),
        ("awards.tiers[1]", 1),
    ],
)
def test_each_wrong_value_is_refused_where_it_stands(path: str, bad: Any) -> None:
    assert f"$.{path}" in refused_at(changed(GOOD, *at(path), to=bad))


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


def test_a_node_of_an_unknown_kind_does_not_make_its_code_unknown() -> None:
    document = changed(GOOD, "scheme", "nodes", 0, "kind", to="guess")

    assert refused_at(document) == ["$.scheme.nodes[0].kind"]


@pytest.mark.parametrize("bad", [{"max": "x"}, {"max": None}])
@pytest.mark.parametrize("node", [M, B, J, P])
def test_a_limit_that_cannot_be_read_makes_no_mark_wrong(node: int, bad: Json) -> None:
    document = changed(GOOD, "scheme", "nodes", node, to={**NODES[node], **bad})
    judge = {"judge": "J9"} if node in (J, P) else {}
    document["marks"] = [{"entry": "E1", "node": NODES[node]["code"], "value": "2", **judge}]

    assert refused_at(document) == [f"$.scheme.nodes[{node}].max"]


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


MEDALS: list[Json] = [{"code": code, "count": 1, "within": "2"} for code in ("gold", "silver", "bronze")]


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


TEXT = json.dumps(GOOD, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"tabulation/1"',
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.encode() + b"x",
        TEXT.replace('"1.60"', "NaN").encode(),
        TEXT.replace('"1.60"', "-Infinity").encode(),
        TEXT.replace('"code": "GZ"', '"code": "GZ", "code": "GZ"').encode(),
        TEXT.replace('"value": "2"', '"value": "2", "\\u0076alue": "3"').encode(),
        TEXT.replace("网站技术", "\\ud800").encode(),
        TEXT.replace("网站技术", "\t").encode(),
        TEXT.replace('"levels": 3', '"levels": ' + "9" * 5000).encode(),
        b"[" * 100_000,
        TEXT.encode().replace("网".encode(), b"\xed\xa0\x80"),
    ],
)
def test_what_is_not_utf_8_json_of_one_reading_is_refused_as_a_whole(text: bytes) -> None:
    assert refused_at(text) == ["$"]


def test_half_a_surrogate_pair_in_a_value_is_refused_and_a_whole_one_is_text() -> None:
    assert refused_at(changed(GOOD, "event", "name", to="\udc00")) == ["$"]
    assert read_tabulation(TEXT.replace("网站技术", "\\ud83d\\ude00").encode()).event_name == "😀"


def test_values_that_json_cannot_write_are_refused() -> None:
    assert refused_at(changed(GOOD, "event", "name", to=float("nan"))) == ["$.event.name", "$"]


def test_control_characters_in_a_key_do_not_break_the_line() -> None:
    assert refused_at(changed(GOOD, "a\nb", to=1)) == ["$.a\\u000ab"]


def test_a_scheme_or_the_rules_alone_are_refused_from_their_own_root() -> None:
    with pytest.raises(Refused) as of_scheme:
        read_scheme({"total": "T", "nodes": [{"code": "T", "kind": "sum"}]})
    with pytest.raises(Refused) as of_rules:
        read_rules({"scheme": GOOD["scheme"], "ranking": {"by": [["X", "asc"]]}, "marks": []})

    assert [path for path, _ in of_scheme.value.problems] == ["$.nodes[0].of"]
    assert [path for path, _ in of_rules.value.problems] == ["$.ranking.by[0][0]", "$.marks"]
