"""What the page of rules calls each place, and that it asks what the schema and the readers know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from competitions.contests.enums.rules import CHOICE_WORDS, FIELD_WORDS, LIST_WORDS, SECTION_WORDS
from competitions.contests.projections.rules import place_of
from competitions.contests.rulebook import SCHEMA, read_rules
from competitions.contests.rulebook.asking import LISTS, SECTIONS, WEIGHED
from competitions.contests.rulebook.filling import found_at
from competitions.contests.rulebook.parts import Field
from competitions.judges.rulebook.reading import FIXED, WEIGHTS


def test_every_place_has_a_name_and_every_choice_a_word() -> None:
    assert set(SECTION_WORDS) == {section.key for section in SECTIONS}
    assert set(LIST_WORDS) == {place_of(lines, ()) for lines in LISTS.values()}
    assert set(FIELD_WORDS) == {place for place, _field in asked()}
    assert set(CHOICE_WORDS) == {place for place, field in asked() if field.kind in ("choice", "many", "weight")}
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
        found = found.get("properties", {}).get(step) or found["additionalProperties"]
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


def test_every_rule_of_a_panel_that_can_be_weighed_is_asked() -> None:
    assert set(WEIGHED) == set(WEIGHTS) - FIXED
