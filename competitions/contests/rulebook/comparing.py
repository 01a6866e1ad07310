"""What one rules document changes against another, place by place as its page asks them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from competitions.contests.rulebook.asking import SECTIONS
from competitions.contests.rulebook.copying import differences
from competitions.contests.rulebook.filling import dropped, found_at, lines_at
from competitions.contests.rulebook.parts import Field, Lines, Path


@dataclass(frozen=True, slots=True)
class Change:
    """One place that changed. section: "" where no page asks it (path tells the place, before and after are bare).

    lines and line: the list it is in, and the line (after the change, if it still is); field: None where a whole line
    came (before None), went (after None) or the order changed (both are lists of lines).
    """

    section: str
    path: Path
    before: Any
    after: Any
    field: Field | None = None
    lines: Lines | None = None
    line: Any = None


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every change in the order of the page; none exactly when the documents are equal."""
    found: list[Change] = []
    rests = [copy.deepcopy(dict(before)), copy.deepcopy(dict(after))]
    for section in SECTIONS:
        for part in section.parts:
            if isinstance(part, Lines):
                old, new = lines_at(before, part), lines_at(after, part)
                if old is not None and new is not None:
                    found += _line_changes(section.key, part, old, new, rests)
            else:
                found += _field_change(section.key, part.path, part, before, after)
                for rest in rests:
                    _take(rest, part.path)
    found += [
        Change("", (place.path.removeprefix("$."),), place.before, place.after)
        for place in differences(*_part_by_part(*map(_without_empty, rests)))
    ]
    return found or _bare(before, after)


def _part_by_part(one: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both with every part that either has, so that one that came or went is told key by key."""
    parts = [part for document in (one, other) for part, value in document.items() if isinstance(value, Mapping)]
    bones: dict[str, Any] = {part: {} for part in parts}
    return {**bones, **one}, {**bones, **other}


def unasked(rules: Mapping[str, Any]) -> list[str]:
    """The places of a document that no page asks, such as one that a text form wrote."""
    rest = copy.deepcopy(dict(rules))
    for section in SECTIONS:
        for part in section.parts:
            if not isinstance(part, Lines) or lines_at(rules, part) is not None:
                _take(rest, part.path)
    kept = _without_empty(rest)
    return [f"{part}.{key}" for part, value in kept.items() for key in (value if isinstance(value, Mapping) else [""])]


def _bare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Documents that say the same in other words (an empty part, null) still differ."""
    return [Change("", (place.path,), place.before, place.after) for place in differences(before, after)]


def _take(document: Any, path: Path) -> None:
    if found_at(document, path) is not None:
        dropped(document, path)


def _without_empty(document: Any) -> Any:
    if isinstance(document, Mapping):
        kept = {key: _without_empty(value) for key, value in document.items()}
        return {key: value for key, value in kept.items() if value not in ({}, [], None)}
    return document


def _field_change(
    section: str, path: Path, field: Field, before: Any, after: Any, lines: Lines | None = None, line: Any = None
) -> Iterator[Change]:
    old, new = found_at(before, field.path), found_at(after, field.path)
    if old != new or type(old) is not type(new):
        yield Change(section, path, old, new, field, lines, line)


def _line_changes(
    section: str, lines: Lines, old: Sequence[Any], new: Sequence[Any], rests: list[dict[str, Any]]
) -> Iterator[Change]:
    pairs = _paired(lines, old, new)
    for place, line in enumerate(old):
        if place not in {o for o, _n in pairs}:
            yield Change(section, lines.path, line, None, lines=lines, line=line)
    was = {n: o for o, n in pairs}
    for place, line in enumerate(new):
        if place not in was:
            yield Change(section, lines.path, None, line, lines=lines, line=line)
        elif line != old[was[place]]:
            yield from _inner(section, lines, old[was[place]], line)
    order = [o for o, _n in sorted(pairs, key=lambda pair: pair[1])]
    if order != sorted(order):
        yield Change(section, lines.path, [old[o] for o in sorted(order)], [old[o] for o in order], lines=lines)
    for rest in rests:
        _take(rest, lines.path)


def _inner(section: str, lines: Lines, old: Any, new: Any) -> Iterator[Change]:
    """The fields of a line that changed; keys that no page asks are told with it as they stand."""
    asked = {field.path: field for field in (*lines.of(old), *lines.of(new))}
    found = [
        change
        for field in asked.values()
        for change in _field_change(section, (*lines.path, *field.path), field, old, new, lines, new)
    ]
    yield from found
    rests = [copy.deepcopy(old), copy.deepcopy(new)]
    for path in asked:
        for rest in rests if not lines.pair else []:
            _take(rest, path)
    for place in differences(*map(_without_empty, rests)) if not lines.pair else []:
        yield Change(section, (place.path.removeprefix("$."),), place.before, place.after, lines=lines, line=new)


def _paired(lines: Lines, old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """Which line became which, no line twice: the equal ones first, then by code, then by what a line is about.

    A list whose lines have no codes (what unused quota costs, what is named once) pairs what is left in its order.
    """
    pairs: list[tuple[int, int]] = []
    for same in _tests(lines):
        for o in sorted(set(range(len(old))) - {o for o, _n in pairs}):
            free = sorted(set(range(len(new))) - {n for _o, n in pairs})
            match = next((n for n in free if same(o, old[o], n, new[n])), None)
            if match is not None:
                pairs.append((o, match))
    return pairs


def _tests(lines: Lines) -> list[Callable[[int, Any, int, Any], bool]]:
    first = lines.fields[0].path
    if lines.pair:
        return [lambda _o, one, _n, other: bool(one[:1] == other[:1])]

    def about(_o: int, one: Any, _n: int, other: Any) -> bool:
        named = found_at(one, first)
        coded = lines.code and one.get("code") and other.get("code")
        return not coded and named is not None and bool(named == found_at(other, first))

    return [
        lambda _o, one, _n, other: bool(one == other),
        lambda _o, one, _n, other: bool(lines.code and one.get("code") and one.get("code") == other.get("code")),
        about,
        lambda _o, _one, _n, _other: not lines.code,
    ]
