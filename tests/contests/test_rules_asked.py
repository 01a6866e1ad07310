"""Rules documents on their page: shown, filled in, rearranged and compared without losing or adding a thing."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.config.demo import basics, regulations
from competitions.contests.enums.rules import CHOICE_WORDS, FIELD_WORDS, LIST_WORDS, SECTION_WORDS
from competitions.contests.forms import RulesForm
from competitions.contests.projections import change_lines, unasked_places
from competitions.contests.projections.rules import place_of
from competitions.contests.rulebook import SCHEMA, problems_of, read_rules
from competitions.contests.rulebook.asking import LISTS, SECTIONS, Field, Lines
from competitions.contests.rulebook.comparing import changes
from competitions.contests.rulebook.filling import Answers, filled, finished, found_at, rearranged

DEMO: dict[str, dict[str, Any]] = {
    "RULES": basics.RULES,
    **{
        name: found
        for name, found in vars(regulations).items()
        if name.isupper() and isinstance(found, dict) and {"team", "quota"} & set(found)
    },
    **{code: {"quota": quota} for code, (_name, _en, quota) in regulations.TEACHING_GROUPS.items()},
}
UGLY: dict[str, Any] = {
    "team": {"contestants": 3},
    "age": {"max": 25, "on": "2026-05-01"},
    "judging": {"round": None, "max_spread": 1},
    "panel": {"firm_max": None, "enterprise_share": "1/3", "weights": {"home": 3, "novice": "hard"}, "duties": {}},
    "result": {
        "ranking": {"by": [["total", "desc"], ["A", "asc"]], "incomplete_last_by": [["A", "desc"]]},
        "awards": {"tiers": [{"code": "x", "ratio": "0.10"}], "merge_rule": "worldskills", "exclude_guests": False},
    },
    "eligibility": [
        {"code": "1", "kind": "NOT_PRIOR_AWARD", "source": "规程", "params": {"levels": ["国赛、省赛", " 市赛"]}},
        {"code": "2", "kind": "NOT_STUDENT", "source": " 规程\n第二条 ", "params": {}, "of": ["leader", "instructor"]},
        {"code": "3", "kind": "SEX", "source": "规程", "params": {"sex": "F"}},
    ],
    "quota": {"base": 0, "bases": [], "history": [{"years": 3, "below": "0.125", "delta": -1}]},
}


def sent(form: RulesForm) -> Answers:
    """What a browser sends of a page that nobody touched."""
    texts = {name: form.texts.getlist(name) for name in form.at}
    for name, field in form.at.items():
        if field.kind == "text":
            texts[name] = [text.replace("\n", "\r\n") for text in texts[name]]
    for part in form.parts():
        for found in part["lists"]:
            texts[f"{found['name']}-count"] = [str(found["count"])]
            texts |= {f"{line['name']}-was": [str(line["place"])] for line in found["lines"]}
    return texts


def back(document: dict[str, Any]) -> dict[str, Any]:
    return finished(filled(document, SECTIONS, sent(RulesForm(document, SECTIONS))), SECTIONS)


@pytest.mark.parametrize("document", [*DEMO.values(), UGLY, {}], ids=[*DEMO, "ugly", "empty"])
def test_a_page_that_nobody_touched_gives_the_document_back_exactly(document: dict[str, Any]) -> None:
    assert json.dumps(back(document)) == json.dumps(document)
    assert changes(document, back(document)) == []


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
wholes = st.integers(0, 40)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "whole": wholes,
    "number": st.sampled_from(["1", "87.50", "100"]),
    "percent": st.sampled_from(["0", "0.10", "0.125", "1", "0.5"]),
    "share": st.sampled_from(["1/3", "0"]),
    "day": st.dates().map(str),
    "text": texts,
    "yes": st.booleans(),
    "words": st.lists(texts, min_size=1, max_size=3),
}


def value_of(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "many":
        return st.lists(st.sampled_from(field.choices), min_size=1, unique=True)
    return st.sampled_from(field.choices) if field.kind == "choice" else VALUES[field.kind]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents with any of the places that a page asks, and some that none does."""
    document: dict[str, Any] = {"team": {"contestants": 2}, "panel": {"weights": {"home": draw(wholes)}}}
    for part in [part for section in SECTIONS for part in section.parts]:
        if isinstance(part, Field) and draw(st.booleans()):
            put(document, part.path, draw(value_of(part)))
        elif isinstance(part, Lines):
            lines = [draw_line(draw, part, n) for n in range(draw(st.integers(0, 3)))]
            if lines:
                put(document, part.path, lines)
    return document


def draw_line(draw: st.DrawFn, lines: Lines, number: int) -> Any:
    if lines.pair:
        return [draw(texts), draw(st.sampled_from(["desc", "asc"]))]
    kind = draw(st.sampled_from(sorted(lines.by_kind))) if lines.by_kind else ""
    line = {**lines.new(kind), "unknown": draw(wholes), "code": f"c{number}"}
    for field in lines.of(line)[1 if kind else 0 :]:
        if field.path != ("code",) and draw(st.booleans()):
            put(line, field.path, draw(value_of(field)))
    return line


def put(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        document = document.setdefault(step, {})
    document[path[-1]] = value


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert json.dumps(back(document)) == json.dumps(document)


@settings(max_examples=60, deadline=None)
@given(documents(), documents())
def test_two_documents_have_no_changes_exactly_when_they_are_equal(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (changes(one, other) == []) is (one == other)
    assert len(change_lines(one, other)) == len(changes(one, other))


def filling(document: dict[str, Any], **typed: str | list[str]) -> dict[str, Any]:
    """The document after somebody typed into some fields of its page; `__` stands for a hyphen."""
    answers = dict(sent(RulesForm(document, SECTIONS)))
    for name, text in typed.items():
        answers[name.replace("__", "-")] = [text] if isinstance(text, str) else text
    return filled(document, SECTIONS, answers)


def test_what_is_typed_is_read_as_the_document_writes_it() -> None:
    typed = {
        "promotion__take": "ratio",
        "promotion__ratio": "３０%",
        "team__contestants": " 4 ",
        "age__max": "",
        "age__on": "",
    }
    typed |= {"panel__skills": "51、52\r\n5102", "panel__own_staff": "yes", "scheme__total": "120"}

    found = filling(UGLY, **typed)

    assert found["promotion"] == {"take": "ratio", "ratio": "0.3"}
    assert (found["team"]["contestants"], "age" in found, found["scheme"]) == (4, False, {"total": "120"})
    assert (found["panel"]["skills"], found["panel"]["own_staff"]) == (["51", "52", "5102"], True)
    assert {k: v for k, v in found["panel"].items() if k in UGLY["panel"]} == UGLY["panel"]


def test_what_cannot_be_read_stays_as_it_was_typed_and_is_said_at_its_field() -> None:
    typed = {"team__contestants": "三", "age__on": "5月1日", "promotion__take": "ratio", "promotion__ratio": "许多"}
    typed |= {"eligibility__0__source": "", "quota__history__0__years": "x", "result__awards__tiers__0__ratio": "x"}

    found = filling(UGLY, **typed)
    form = RulesForm(found, SECTIONS, problems=problems_of(found))

    assert {name.replace("__", "-") for name in typed} - {"promotion-take"} == set(form.errors)
    assert [form["team-contestants"].value(), form["promotion-ratio"].value()] == ["三", "许多"]


@pytest.mark.parametrize("left", ["age__max", "quota__base"])
def test_a_part_that_is_begun_says_what_it_still_needs(left: str) -> None:
    document = {
        "team": {"contestants": 1},
        "age": {"max": 20, "on": "2026-05-01"},
        "quota": {"base": 1, "source": "文"},
    }

    found = filling(document, **{left: ""})
    form = RulesForm(found, SECTIONS, problems=problems_of(found))

    assert dict(form.errors) == {left.replace("__", "-"): ["请填写此项。"]}


def test_lines_are_added_moved_and_removed_with_what_is_typed() -> None:
    document = filling(UGLY, eligibility__1__evidence="社保证明", team__contestants="x")

    added = rearranged(document, "add", ("eligibility",), kind="AGE_MIN")
    moved = rearranged(added, "up", ("eligibility",), 3)
    gone = rearranged(moved, "remove", ("eligibility",), 0)

    assert [rule["kind"] for rule in gone["eligibility"]] == ["NOT_STUDENT", "AGE_MIN", "SEX"]
    assert (gone["eligibility"][0]["evidence"], gone["team"]["contestants"]) == ("社保证明", "x")
    assert rearranged(document, "up", ("eligibility",), 0) == document
    assert rearranged(document, "add", ("nowhere",)) == document
    assert rearranged(document, "remove", ("result", "awards", "tiers"), 9) == document


def test_the_last_line_takes_its_list_along() -> None:
    document = {"team": {"contestants": 1}, "eligibility": UGLY["eligibility"][:1]}

    assert rearranged(document, "remove", ("eligibility",), 0) == {"team": {"contestants": 1}}


def test_a_condition_of_another_kind_keeps_what_both_ask() -> None:
    document = {"team": {"contestants": 1}, "eligibility": [copy.deepcopy(regulations.EMPLOYEES["eligibility"][0])]}

    found = filling(document, eligibility__0__kind="AGE_MIN")

    assert found["eligibility"][0] == {**document["eligibility"][0], "kind": "AGE_MIN", "params": {"on": "2026-05-01"}}
    form = RulesForm(found, SECTIONS, problems=problems_of(found))
    assert set(form.errors) == {"eligibility-0-params-min"}


def test_lines_left_blank_go_and_lines_without_a_code_get_one() -> None:
    document: dict[str, Any] = {
        "eligibility": [{"kind": "SEX", "code": "SEX-1"}, {"kind": "SEX"}],
        "quota": {"base": 1},
    }
    for path in LISTS:
        document = rearranged(document, "add", path)

    done = finished(document, SECTIONS)

    assert [rule["code"] for rule in done["eligibility"]] == ["SEX-1", "SEX-2"]
    assert (done["quota"], "result" in done) == ({"base": 1}, False)


def test_every_contradiction_is_told_at_once_beside_every_misfit() -> None:
    rules = {
        "team": {"contestants": 2, "contestants_min": 3},
        "age": {"max": 5, "on": "2026-05-01"},
        "eligibility": [{"code": "A", "kind": "SEX"}, {"code": "B", "kind": "AGE_MAX", "source": "文", "params": {}}],
        "result": {"awards": {"tiers": [{"code": "a", "ratio": "0.1", "count": 3}, {"code": "a", "within": "1"}]}},
    }

    assert [(p.path, p.code) for p in problems_of(rules)] == [
        ("$.age.max", "minimum"),
        ("$.eligibility[0]", "required"),
        ("$.eligibility[0].params", "required"),
        ("$.eligibility[1].params", "required"),
        ("$.result.awards.tiers[0].count", "one_size"),
        ("$.result.awards.tiers[1].code", "twice"),
        ("$.result.awards.tiers[1].ratio", "one_size"),
        ("$.result.awards.tiers[1].within", "beside_count"),
        ("$.team.contestants_min", "maximum"),
    ]


def test_a_comparison_is_told_in_words() -> None:
    new = copy.deepcopy(regulations.HIGHER_STUDENTS)
    new["team"]["contestants"] = 4
    new["eligibility"][1]["params"]["tiers"] = ["一等奖", "二等奖"]
    new["eligibility"][0], new["eligibility"][2] = new["eligibility"][2], new["eligibility"][0]
    new["result"]["awards"]["tiers"].pop()
    new["promotion"] = {"take": "ratio", "ratio": "0.30"}
    new["panel"] = {**new["panel"], "weights": {"home": 9}}

    told = [(c.section, c.place, c.before, c.after) for c in change_lines(regulations.HIGHER_STUDENTS, new)]

    assert told == [
        ("队伍", "每队选手人数", "3", "4"),
        ("参赛资格", "未曾获奖 · 所获奖项", "一等奖", "一等奖、二等奖"),
        ("参赛资格", "顺序", "全日制在籍 → 未曾获奖 → 属于参赛学校", "属于参赛学校 → 未曾获奖 → 全日制在籍"),
        ("奖项", "三等奖", "占参赛队的百分比：30 %", ""),
        ("晋级", "晋级方式", "", "按比例取前列"),
        ("晋级", "比例（%）", "", "30 %"),
        ("其他部分", "panel.weights", "", '{"home": 9}'),
    ]


def test_what_no_field_asks_is_named() -> None:
    assert unasked_places(UGLY) == ["panel.weights", "result.ranking", "result.awards"]
    assert unasked_places(basics.RULES) == []


def test_every_place_has_a_name_and_every_choice_a_word() -> None:
    assert set(SECTION_WORDS) == {section.key for section in SECTIONS}
    assert set(LIST_WORDS) == {place_of(lines, ()) for lines in LISTS.values()}
    assert set(FIELD_WORDS) == {place for place, _field in asked()}
    assert set(CHOICE_WORDS) == {place for place, field in asked() if field.kind in ("choice", "many")}
    for place, field in asked():
        assert not field.choices or set(field.choices) <= set(CHOICE_WORDS[place])


def asked() -> Iterator[tuple[str, Field]]:
    for part in (part for section in SECTIONS for part in section.parts):
        if isinstance(part, Field):
            yield place_of(None, part.path), part
            continue
        for kind in sorted(part.by_kind) or [""]:
            for field in part.of(part.new(kind)):
                yield place_of(part, field.path), field


def test_a_page_asks_only_what_the_schema_knows_and_offers_every_choice_of_it() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for place, field in asked():
        if place.startswith(("result.ranking", "result.awards", "eligibility.params")):
            continue  # the engine's own format and the kinds of conditions
        found = within(schema, place.split("."))
        assert found, place
        assert "enum" not in found or set(field.choices) == set(found["enum"]), place


def within(schema: dict[str, Any], steps: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = schema
    for step in steps:
        if "items" in found:
            found = found["items"]
        if "$ref" in found:
            found = schema["$defs"][found["$ref"].rsplit("/", 1)[1]]
        found = found["properties"][step]
    return found.get("items", found) if "enum" in found.get("items", {}) else found


def test_the_defaults_shown_are_those_that_hold() -> None:
    rules = read_rules({})
    shown = {place: field.default for place, field in asked() if field.default is not None and "." in place}

    assert shown["anonymisation.layers"] == rules.layers
    assert (shown["judging.judges_per_panel"], shown["judging.max_spread"]) == (
        rules.judges_per_panel,
        rules.max_spread,
    )
    assert (shown["scheme.total"], shown["certificate.title"]) == (str(rules.scheme_total), rules.certificate_title)
    quota, promotion = read_rules({"quota": {"base": 1}}).quota, read_rules({"promotion": {"take": "all"}}).promotion
    assert quota is not None and promotion is not None
    assert (shown["quota.scope"], shown["quota.unit"]) == (quota.scope, quota.unit)
    assert (shown["promotion.rounding"], shown["promotion.min"]) == (promotion.rounding, promotion.least)
    assert (shown["promotion.ties"], found_at(shown, ("minimum.unit",))) == (promotion.ties, "teams")
