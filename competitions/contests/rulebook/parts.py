"""What a page of rules is made of: values, lists of lines, and sections of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One value. path: within its document or line; default: what holds while nothing is written.

    kind: whole, number (digits with a point, kept as text), percent (a ratio, asked in per cent), share (1/3), day,
    text, choice, yes (or no), words (a list of texts), many (several of the choices), weight (`hard` or a whole one).
    needed: nothing around it can do without it.
    """

    path: Path
    kind: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None


@dataclass(frozen=True, slots=True)
class Lines:
    """A list. fields: of each line; by_kind: what a line asks besides, by its `kind`; pair: a line is a list of two.

    code: how the code of a line begins that was left without one; "" where lines have none.
    """

    path: Path
    fields: tuple[Field, ...]
    most: int
    by_kind: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    pair: bool = False
    code: str = ""

    def of(self, line: Any) -> tuple[Field, ...]:
        """The fields of a line: its kind first, then what this kind asks, then what all lines have."""
        if not self.by_kind:
            return self.fields
        kind = line.get("kind") if isinstance(line, Mapping) else None
        return (self.fields[0], *self.by_kind.get(str(kind), ()), *self.fields[1:])

    def new(self, kind: str = "") -> Any:
        return ["", "desc"] if self.pair else {"kind": kind} if kind else {}

    def blank(self, line: Any) -> bool:
        """Whether nothing was written into the line."""
        return not line or (self.pair and not line[0])


@dataclass(frozen=True, slots=True)
class Section:
    """What stands together on a page. first: asked when an event is set up; over_all: an edition may rule it too."""

    key: str
    parts: tuple[Field | Lines, ...]
    first: bool = False
    over_all: bool = False

    def fields(self) -> Iterator[Field]:
        return (part for part in self.parts if isinstance(part, Field))

    def lists(self) -> Iterator[Lines]:
        return (part for part in self.parts if isinstance(part, Lines))


def at(part: str, *fields: Field) -> tuple[Field, ...]:
    """The fields within a part; its name may have points."""
    names = tuple(part.split("."))
    return tuple(Field((*names, *f.path), f.kind, f.needed, f.choices, f.default) for f in fields)


def whole(name: str, *, needed: bool = False, default: int | None = None) -> Field:
    return Field((name,), "whole", needed, default=default)


def text(name: str, *, needed: bool = False, default: str | None = None) -> Field:
    return Field((name,), "text", needed, default=default)


def choice(name: str, *choices: str, needed: bool = False, default: str | None = None) -> Field:
    return Field((name,), "choice", needed, choices, default)
