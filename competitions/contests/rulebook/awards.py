"""What contradicts itself in how a result is ranked and rewarded, as far as it can be told before there is a scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

SIZES = ("ratio", "count", "min_total")
_NUMBER = re.compile(r"^-?(0|[1-9][0-9]*)([.][0-9]+)?$")
_RATIO = re.compile(r"^(0|[1-9][0-9]*)([.][0-9]+)?$")
_WORDS = {
    "basis": ("competed", "entered", "finalists"),
    "rounding": ("floor", "half_up", "ceil", "cumulative"),
    "ties": ("extend", "use_up", "shrink", "decide"),
    "shared_silver": ("as_gold", "keep_bronze"),
}
MEDALS = ("gold", "silver", "bronze")  # what the medal rule gives, one of each


def misfits(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(path, code of the problem, limit); awards that are a list of the older form are left to their reader."""
    result = rules.get("result", {})
    yield from _ranking(result.get("ranking", {}))
    awards = result.get("awards", {})
    if isinstance(awards, Mapping):
        yield from _numbers(awards, "$.result.awards", numbers=("min_total",), wholes=("min_first",))
        for name, choices in _WORDS.items():
            if awards.get(name, choices[0]) not in choices:
                yield f"$.result.awards.{name}", "enum", "、".join(choices)
        yield from _tiers(awards.get("tiers", []))
        if "merge_rule" in awards:
            yield from _medals(awards["merge_rule"], awards.get("tiers", []))


def _medals(rule: Any, tiers: Any) -> Iterator[tuple[str, str, str]]:
    """The medal rule holds between gold, silver and bronze, one each, with a distance."""
    path = "$.result.awards"
    if rule != "worldskills":
        yield f"{path}.merge_rule", "enum", "worldskills"
        return
    found = tiers if isinstance(tiers, list) else []
    if [tier.get("code") for tier in found if isinstance(tier, Mapping)] != list(MEDALS):
        yield f"{path}.merge_rule", "medals", "、".join(MEDALS)
        return
    for place, tier in enumerate(found):
        if tier.get("count") != 1:
            yield f"{path}.tiers[{place}].count", "one_medal", ""
        if "within" not in tier:
            yield f"{path}.tiers[{place}].within", "medal_within", ""


def _ranking(ranking: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from _keys(ranking.get("by", [["total", "desc"]]), "$.result.ranking.by")
    if "incomplete_last_by" in ranking:
        yield from _keys(ranking["incomplete_last_by"], "$.result.ranking.incomplete_last_by")


def _keys(by: Any, whole: str) -> Iterator[tuple[str, str, str]]:
    if not isinstance(by, list) or not by:
        yield whole, "minItems", "1"
        return
    for place, key in enumerate(by):
        path = f"{whole}[{place}]"
        if not isinstance(key, list) or len(key) != 2:
            yield path, "type", '"array"'
            continue
        if not isinstance(key[0], str) or not key[0]:
            yield f"{path}[0]", "minLength", "1"
        if key[1] not in ("desc", "asc"):
            yield f"{path}[1]", "enum", "desc、asc"


def _tiers(tiers: Any) -> Iterator[tuple[str, str, str]]:
    if not isinstance(tiers, list):
        yield "$.result.awards.tiers", "type", '"array"'
        return
    for place, tier in enumerate(tiers):
        path = f"$.result.awards.tiers[{place}]"
        if not isinstance(tier, Mapping):
            yield path, "type", '"object"'
            continue
        yield from _numbers(tier, path, numbers=("min_total", "within"), wholes=("count",), ratios=("ratio",))
        sizes = [size for size in SIZES if size in tier]
        if len(sizes) != 1:
            yield f"{path}.{sizes[1] if sizes else SIZES[0]}", "one_size", ""
        if "within" in tier and "count" not in tier:
            yield f"{path}.within", "beside_count", ""
        if not isinstance(tier.get("code"), str) or not tier["code"]:
            yield f"{path}.code", "minLength", "1"
        elif tier["code"] in [other.get("code") for other in tiers[:place] if isinstance(other, Mapping)]:
            yield f"{path}.code", "twice", tier["code"]


def _numbers(
    part: Mapping[str, Any],
    path: str,
    *,
    numbers: tuple[str, ...] = (),
    wholes: tuple[str, ...] = (),
    ratios: tuple[str, ...] = (),
) -> Iterator[tuple[str, str, str]]:
    for name in numbers + ratios:
        pattern = _RATIO if name in ratios else _NUMBER
        if name in part and not (isinstance(part[name], str) and pattern.match(part[name])):
            yield f"{path}.{name}", "pattern", pattern.pattern
    for name in wholes:
        if name in part and (type(part[name]) is not int or part[name] < 0):
            yield f"{path}.{name}", "type", '"integer"'
