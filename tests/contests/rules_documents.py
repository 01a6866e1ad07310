"""Rules documents to look at: those of the demo season, an ugly one, and any that could be written."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from backend.config.demo import basics, regulations
from competitions.contests.rulebook.asking import SECTIONS
from competitions.contests.rulebook.parts import Field, Lines

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
    "panel": {"firm_max": None, "enterprise_share": "1/3", "weights": {"home": 300, "novice": "hard", "takes_part": 1}},
    "result": {
        "ranking": {"by": [["total", "desc"], ["A", "asc"]], "incomplete_last_by": [["A", "desc"]]},
        "awards": {
            "tiers": [{"code": "x", "ratio": "0.10"}],
            "merge_rule": "worldskills",
            "shared_silver": "keep_bronze",
        },
    },
    "eligibility": [
        {"code": "1", "kind": "NOT_PRIOR_AWARD", "source": "规程", "params": {"levels": ["国赛、省赛", " 市赛"]}},
        {"code": "2", "kind": "NOT_STUDENT", "source": " 规程\n第二条 ", "params": {}, "of": ["leader", "instructor"]},
        {"code": "3", "kind": "SEX", "source": "规程", "params": {"sex": "F"}},
    ],
    "quota": {"base": 0, "bases": [], "history": [{"years": 3, "below": "0.125", "delta": -1}]},
}


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
    "weight": st.just("hard") | st.integers(0, 1000),
    "words": st.lists(texts, min_size=1, max_size=3),
}


def value_of(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "many":
        return st.lists(st.sampled_from(field.choices), min_size=1, unique=True)
    return st.sampled_from(field.choices) if field.kind == "choice" else VALUES[field.kind]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents with any of the places that a page asks, and some that none does."""
    document: dict[str, Any] = {"team": {"contestants": 2}, "panel": {"weights": {"takes_part": draw(wholes)}}}
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
