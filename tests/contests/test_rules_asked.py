"""Rules documents on their page: shown, filled in, rearranged and compared without losing or adding a thing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings

from backend.config.demo import regulations
from competitions.contests.forms import RulesForm
from competitions.contests.rulebook import problems_of
from competitions.contests.rulebook.asking import LISTS, SECTIONS
from competitions.contests.rulebook.comparing import changes
from competitions.contests.rulebook.filling import Answers, filled, finished, rearranged
from tests.contests.rules_documents import DEMO, UGLY, documents


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


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert json.dumps(back(document)) == json.dumps(document)


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

    medals = "result-awards-merge_rule"  # its tiers are not gold, silver and bronze
    assert {name.replace("__", "-") for name in typed} - {"promotion-take"} | {medals} == set(form.errors)
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


def test_the_rule_of_medals_says_what_its_tiers_lack() -> None:
    medals = [{"code": code, "count": 1, "within": "2"} for code in ("gold", "silver", "bronze")]
    short = [medals[0], {"code": "silver", "count": 2, "within": "2"}, {"code": "bronze", "count": 1}]
    keys = {"by": [["total", "desc"]], "incomplete_last_by": [["", "up"]]}

    def told(tiers: object, rule: str = "worldskills") -> list[tuple[str, str]]:
        awards = {"tiers": tiers, "merge_rule": rule, "shared_silver": "drop"}
        found = problems_of({"team": {"contestants": 1}, "result": {"awards": awards, "ranking": keys}})
        return [(p.path.removeprefix("$.result."), p.code) for p in found]

    always = [("awards.shared_silver", "enum"), *((f"ranking.incomplete_last_by[0][{n}]", c) for n, c in KEYS)]
    assert told(medals) == always
    assert told([]) == [("awards.merge_rule", "medals"), *always]
    assert told(medals, "olympic") == [("awards.merge_rule", "enum"), *always]
    silver, bronze = ("awards.tiers[1].count", "one_medal"), ("awards.tiers[2].within", "medal_within")
    assert told(short) == [always[0], silver, bronze, *always[1:]]


KEYS = ((0, "minLength"), (1, "enum"))
