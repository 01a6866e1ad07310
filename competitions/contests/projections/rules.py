"""What a version of the rules changes against another, in the words of its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from competitions.contests.enums.rules import (
    CHOICE_WORDS,
    FIELD_WORDS,
    KIND_WORDS,
    LIST_WORDS,
    SECTION_WORDS,
    YES_OR_NO,
)
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook.comparing import Change, changes, unasked
from competitions.contests.rulebook.filling import found_at, shown
from competitions.contests.rulebook.parts import Field, Lines, Path


@dataclass(frozen=True)
class ChangeLine:
    """One change: the part of the rules, the place in it, and both sides; "" where there was or will be nothing.

    kind: `new`, `gone` or `other`.
    """

    section: str
    place: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True)
class Proposal:
    """A version of the rules that somebody compares before it is adopted, for the rooms that say what it touches.

    page: which page of a list of what it touches is asked for.
    """

    thing: Event | Edition
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    page: str = ""


def change_lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangeLine]:
    """Every change of the second document against the first, in the order of the page."""
    return [_line(change) for change in changes(before, after)]


def difference_lines(event: Event) -> list[ChangeLine]:
    """Where the rules of a copied event differ from those it was copied from, while it is prepared."""
    if event.copied_from is None or event.state != "draft":
        return []
    return change_lines(event.copied_from.rule_set.rules, event.rule_set.rules)


def unasked_places(rules: Mapping[str, Any]) -> list[str]:
    """The places of a document that no field of a page asks; they stay as they are."""
    return unasked(rules)


def _line(change: Change) -> ChangeLine:
    section = str(SECTION_WORDS[change.section][0]) if change.section else _("Other parts")
    before, after = (_side(change, value) for value in (change.before, change.after))
    kind = "new" if change.before is None else "gone" if change.after is None else "other"
    return ChangeLine(section, _place(change), before, after, kind)


def _place(change: Change) -> str:
    named = _line_place(change.lines, change.line) if change.lines and change.line is not None else ""
    if change.field is not None:
        label = label_of(change.lines, change.field)
        return f"{named} · {label}" if named else label
    if change.lines is None:
        return str(change.path[0])
    if change.line is None:
        return f"{_list_title(change.lines)} · {_('Order')}" if change.lines.pair else _("Order")
    return named if change.path == change.lines.path else f"{named} · {change.path[0]}"


def _line_place(lines: Lines, line: Any) -> str:
    """A line's name; of comparisons there are two lists, so theirs is told too."""
    named = line_name(lines, line)
    return f"{_list_title(lines)} · {named}" if lines.pair else named


def _list_title(lines: Lines) -> str:
    return str(LIST_WORDS[place_of(lines, ())][0])


def _side(change: Change, value: Any) -> str:
    if change.field is not None:
        return value_words(change.lines, change.field, value)
    if value is None:
        return ""
    if change.lines is None or (change.line is not None and change.path != change.lines.path):
        return json.dumps(value, ensure_ascii=False)
    if change.line is None:
        return " → ".join(line_name(change.lines, line) for line in value)
    return line_words(change.lines, value)


def place_of(lines: Lines | None, path: Path) -> str:
    """The key of a place in the words of `enums/rules.py`."""
    return ".".join(str(step) for step in (*(lines.path if lines else ()), *path))


def label_of(lines: Lines | None, field: Field) -> str:
    return str(FIELD_WORDS[place_of(lines, field.path)][0])


def line_name(lines: Lines, line: Any) -> str:
    """What a line is called: a condition by its kind, others by their name or their first value."""
    if lines.by_kind:
        kind = str(line.get("kind", ""))
        return str(KIND_WORDS.get(kind, kind))
    first = lines.fields[0]
    said = value_words(lines, first, found_at(line, first.path))
    if lines.code or lines.pair or first.kind == "choice":
        return said or str(line.get("code", "") if isinstance(line, Mapping) else "")
    return f"{label_of(lines, first)} {said}"


def line_words(lines: Lines, line: Any) -> str:
    """All that was written into a line, but for what already names it."""
    fields = [f for f in lines.of(line) if found_at(line, f.path) is not None]
    told = [f for f in fields if f.path not in (lines.fields[0].path, ("code",))]
    return "；".join(f"{label_of(lines, f)}：{value_words(lines, f, found_at(line, f.path))}" for f in told)


def value_words(lines: Lines | None, field: Field, value: Any) -> str:
    """A value as people say it; what holds by itself is marked as such."""
    if value is None:
        return "" if field.default is None else _("%(value)s (default)") % {"value": _said(lines, field, field.default)}
    return _said(lines, field, value)


def _said(lines: Lines | None, field: Field, value: Any) -> str:
    texts = shown(field, value)
    if field.kind == "yes":
        return str(YES_OR_NO.get(texts[0], texts[0]))
    if field.kind == "percent":
        return f"{texts[0]} %"
    words = CHOICE_WORDS.get(place_of(lines, field.path), {})
    return "、".join(str(words.get(text, text)) for text in texts).replace("\n", "、")
