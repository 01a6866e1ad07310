"""Between a rules document and what a page sends: values as they are typed, and back, without losing a thing.

What cannot be read stays in the document as it was typed: its page shows it again, `problems_of` says what is wrong.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from competitions.contests.rulebook.asking import LISTS
from competitions.contests.rulebook.parts import Field, Lines, Path, Section

Answers = Mapping[str, Sequence[str]]
_WHOLE = re.compile(r"^[+-]?[0-9]{1,9}$")
_BETWEEN = re.compile(r"[\r\n、，,；;]+")
NEW = ""  # what a line says about its place in the document before: it had none


def name_of(path: Iterable[str | int]) -> str:
    """The name of the field at a path: `eligibility-0-params-max`."""
    return "-".join(str(step) for step in path)


def found_at(document: Any, path: Path) -> Any:
    """The value at a path, None where there is none."""
    for step in path:
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and isinstance(step, int) and step < len(document):
            document = document[step]
        else:
            return None
    return document


def lines_at(document: Any, lines: Lines) -> list[Any] | None:
    """The lines of a list; None where something else stands in its place, which is left alone."""
    found = found_at(document, lines.path)
    if found is None:
        return [] if _reachable(document, lines.path) else None
    return found if isinstance(found, list) and all(_is_line(lines, line) for line in found) else None


def _is_line(lines: Lines, line: Any) -> bool:
    return (isinstance(line, list) and len(line) == 2) if lines.pair else isinstance(line, Mapping)


def askable(document: Any, path: Path) -> bool:
    """Whether a field can stand at that path: nothing else stands where its part would."""
    return _reachable(document, path)


def _reachable(document: Any, path: Path) -> bool:
    for step in path[:-1]:
        document = document.get(step) if isinstance(document, Mapping) else None
        if document is None:
            return True
        if not isinstance(document, Mapping):
            return False
    return True


def shown(field: Field, value: Any) -> list[str]:
    """A value as its page shows it: one text, of `many` one for each; what is not written shows its default."""
    value = field.default if value is None else value
    if field.kind == "many":
        return [str(one) for one in value] if isinstance(value, list) else []
    if value is None:
        return [""]
    if field.kind == "words" and isinstance(value, list):
        return ["\n".join(str(one) for one in value)]
    if field.kind == "yes" and isinstance(value, bool):
        return ["yes" if value else "no"]
    if field.kind == "percent":
        return [_percent(str(value))]
    return [str(value)]


def _percent(ratio: str) -> str:
    try:
        return f"{(Decimal(ratio) * 100).normalize():f}"
    except InvalidOperation:
        return ratio


def taken(field: Field, texts: Sequence[str]) -> Any:
    """What was typed as the document writes it; None for nothing, the text itself where it cannot be read."""
    if field.kind == "many":
        return [text for text in field.choices if text in texts]
    text = texts[-1] if texts else ""
    if field.kind in ("whole", "number", "percent", "share", "day"):
        text = unicodedata.normalize("NFKC", text)
    text = text.strip()
    if not text:
        return None
    return _READERS[field.kind](text) if field.kind in _READERS else text


def _ratio(text: str) -> str:
    try:
        ratio = Decimal(text.rstrip("% ")) / 100
    except InvalidOperation:
        return text
    return f"{ratio.normalize():f}" if ratio.is_finite() else text


def _words(text: str) -> list[str] | None:
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()] or None


_READERS = {
    "whole": lambda text: int(text) if _WHOLE.match(text) else text,
    "weight": lambda text: int(text) if _WHOLE.match(text) else text,
    "percent": _ratio,
    "yes": lambda text: {"yes": True, "no": False}.get(text, text),
    "words": _words,
}


def filled(base: Mapping[str, Any], sections: Iterable[Section], answers: Answers) -> dict[str, Any]:
    """The document that a page was about, with what it sent; what it did not ask or change stays as it was, exactly.

    answers: texts by field name; a list is read when its `…-count` was sent, each line naming in `…-was` its place in
    `base`.
    """
    document = copy.deepcopy(dict(base))
    for section in sections:
        for part in section.parts:
            if isinstance(part, Lines):
                _fill_lines(document, base, part, answers)
            elif name_of(part.path) in answers and askable(document, part.path):
                _fill(document, part, answers[name_of(part.path)])
    return document


def _fill(document: Any, field: Field, texts: Sequence[str]) -> None:
    """Change one value, unless what was sent is what was shown for it."""
    before = found_at(document, field.path)
    if _same(shown(field, before), texts):
        return
    value = taken(field, texts)
    if value is None:
        dropped(document, field.path)
    else:
        put(document, field.path, value)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Browsers send line breaks of their own; spaces around a text say nothing."""
    return [t.replace("\r\n", "\n").strip() for t in one] == [t.replace("\r\n", "\n").strip() for t in other]


def put(document: Any, path: Path, value: Any) -> None:
    """Write a value; parts that are missing on the way are made."""
    for step in path[:-1]:
        if document.get(step) is None:
            document[step] = {}
        document = document[step]
    document[path[-1]] = value


def dropped(document: Any, path: Path) -> None:
    """Take a value away, and with it each part that it leaves empty."""
    parts = [document]
    for step in path[:-1]:
        parts.append(found_at(parts[-1], (step,)))
    if isinstance(parts[-1], list):
        parts[-1][int(path[-1])] = ""
        return
    for part, step in zip(reversed(parts), reversed(path), strict=True):
        if isinstance(part, dict) and step in part:
            del part[step]
        if part:
            return


def _fill_lines(document: dict[str, Any], base: Mapping[str, Any], lines: Lines, answers: Answers) -> None:
    name = name_of(lines.path)
    before = lines_at(base, lines)
    count = _number(answers.get(f"{name}-count", []))
    if count is None or before is None or not askable(document, lines.path):
        return
    after = [_line(lines, before, answers, f"{name}-{n}") for n in range(min(count, 2 * lines.most))]
    keep(document, lines, after, before)


def keep(document: dict[str, Any], lines: Lines, after: list[Any], before: list[Any]) -> None:
    """The lines in their place; a list that was emptied goes with the parts that it leaves empty."""
    if after:
        put(document, lines.path, after)
    elif before:
        dropped(document, lines.path)


def _line(lines: Lines, before: list[Any], answers: Answers, name: str) -> Any:
    was = _number(answers.get(f"{name}-was", []))
    line = copy.deepcopy(before[was]) if was is not None and was < len(before) else lines.new()
    kind = answers.get(f"{name}-kind", [""])[-1]
    if lines.by_kind and kind != line.get("kind", ""):
        _of_other_kind(lines, line, kind)
    for field in lines.of(line):
        texts = answers.get(f"{name}-{name_of(field.path)}", [] if field.kind == "many" else None)
        if texts is not None and askable(line, field.path):
            _fill(line, field, texts)
    return line


def _of_other_kind(lines: Lines, line: dict[str, Any], kind: str) -> None:
    """A line of another kind keeps what both kinds ask."""
    line["kind"] = kind
    asked = {field.path[-1] for field in lines.by_kind.get(kind, ())}
    params = line.get("params")
    if isinstance(params, dict):
        line["params"] = {key: value for key, value in params.items() if key in asked}


def _number(texts: Sequence[str]) -> int | None:
    text = texts[-1] if texts else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def rearranged(document: Mapping[str, Any], verb: str, path: Path, place: int = 0, kind: str = "") -> dict[str, Any]:
    """The document with a line added at the end of a list, moved up or down, or removed; as it was where none can."""
    changed = copy.deepcopy(dict(document))
    lines = LISTS.get(path)
    before = lines_at(changed, lines) if lines else None
    if lines is None or before is None:
        return changed
    after = list(before)
    if verb == "add" and len(after) < lines.most:
        after.append(lines.new(kind if kind in lines.by_kind else ""))
    elif verb == "remove" and place < len(after):
        del after[place]
    elif verb in ("up", "down"):
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(after) and place < len(after):
            after[place], after[other] = after[other], after[place]
    keep(changed, lines, after, before)
    return changed


def finished(document: Mapping[str, Any], sections: Iterable[Section]) -> dict[str, Any]:
    """The document without lines that nobody filled in; lines that need a code and have none get one."""
    done = copy.deepcopy(dict(document))
    for lines in (lines for section in sections for lines in section.lists()):
        before = lines_at(done, lines)
        if before:
            after = [line for line in before if not lines.blank(line)]
            if lines.code:
                _give_codes(lines, after)
            keep(done, lines, after, before)
    return done


def _give_codes(lines: Lines, found: list[Any]) -> None:
    known = {line.get("code") for line in found}
    for line in found:
        if not line.get("code"):
            stem = line.get("kind") or lines.code
            free = (f"{stem}-{n}" for n in range(1, len(found) + len(known) + 1))
            line["code"] = next(code for code in free if code not in known)
            known.add(line["code"])
