"""What a rules document can be asked about, part by part: one description for its pages and for comparing two of them.

A place that is not described here (such as `panel.weights`) is never touched by a page; its text form shows everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from competitions.contests.rulebook.eligibility import PARAMS

Path = tuple[str | int, ...]
ROUNDINGS = ("half_up", "half_even", "up", "down")
ROLES = ("contestant", "instructor", "leader")


@dataclass(frozen=True, slots=True)
class Field:
    """One value. path: within its document or line; default: what holds while nothing is written.

    kind: whole, number (digits with a point, kept as text), percent (a ratio, asked in per cent), share (1/3), day,
    text, choice, yes (or no), words (a list of texts), many (several of the choices).
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


def _at(part: str, *fields: Field) -> tuple[Field, ...]:
    """The fields within a part; its name may have points."""
    names = tuple(part.split("."))
    return tuple(Field((*names, *f.path), f.kind, f.needed, f.choices, f.default) for f in fields)


def _whole(name: str, *, needed: bool = False, default: int | None = None) -> Field:
    return Field((name,), "whole", needed, default=default)


def _text(name: str, *, needed: bool = False, default: str | None = None) -> Field:
    return Field((name,), "text", needed, default=default)


def _choice(name: str, *choices: str, needed: bool = False, default: str | None = None) -> Field:
    return Field((name,), "choice", needed, choices, default)


def _params(kind: str) -> tuple[Field, ...]:
    types, needed = PARAMS[kind]
    kinds = {"number": "whole", "sex": "choice"}
    return tuple(
        Field(("params", name), kinds.get(wanted, wanted), name in needed, ("F", "M") if wanted == "sex" else ())
        for name, wanted in types.items()
    )


CODE = _text("code")
SOURCE = _text("source")
DIGITS = (_whole("digits", needed=True), _choice("mode", *ROUNDINGS, needed=True))

CONDITIONS = Lines(
    ("eligibility",),
    (
        _choice("kind", *PARAMS, needed=True),
        Field(("of",), "many", needed=True, choices=ROLES, default=["contestant"]),
        _text("source", needed=True),
        _text("evidence"),
        _text("refusal"),
        _choice("when_unknown", "state", "review", default="state"),
        CODE,
    ),
    most=60,
    by_kind={kind: _params(kind) for kind in PARAMS},
    code="R",
)
BASES = Lines(("quota", "bases"), (_text("name", needed=True), _whole("n", needed=True), CODE), most=20, code="class")
ADJUSTMENTS = Lines(
    ("quota", "adjustments"),
    (
        _text("name", needed=True),
        _whole("delta", needed=True),
        _text("evidence", needed=True),
        Field(("bound",), "yes", default=False),
        SOURCE,
        CODE,
    ),
    most=40,
    code="adjustment",
)
HISTORY = Lines(
    ("quota", "history"),
    (_whole("years", needed=True), Field(("below",), "percent", needed=True), _whole("delta", needed=True)),
    most=10,
)
DISTINCT = Lines(
    ("quota", "distinct"), (_choice("field", "topic", "topic_class", needed=True), _text("together")), most=5
)
KEYS = Lines(
    ("result", "ranking", "by"),
    (Field((0,), "text", needed=True), Field((1,), "choice", needed=True, choices=("desc", "asc"))),
    most=30,
    pair=True,
)
TIERS = Lines(
    ("result", "awards", "tiers"),
    (
        _text("name"),
        Field(("ratio",), "percent"),
        _whole("count"),
        Field(("min_total",), "number"),
        Field(("within",), "number"),
        CODE,
    ),
    most=20,
    code="tier",
)

SECTIONS = (
    Section(
        "team",
        _at(
            "team",
            _whole("contestants", needed=True),
            _whole("contestants_min"),
            _whole("instructors_min", default=0),
            _whole("instructors_max", default=0),
            _whole("leaders_min", default=0),
            _whole("leaders_max", default=0),
            _whole("teams_per_school_max"),
        ),
        first=True,
    ),
    Section(
        "age",
        _at("age", _whole("max", needed=True), _whole("min", default=0), Field(("on",), "day", needed=True)),
        first=True,
    ),
    Section("eligibility", (CONDITIONS,), over_all=True),
    Section(
        "quota",
        (
            *_at(
                "quota",
                _choice("scope", "school", "city", "group", "province", default="school"),
                _choice("unit", "teams", "persons", default="teams"),
                _whole("base", needed=True),
                SOURCE,
            ),
            BASES,
            ADJUSTMENTS,
            HISTORY,
            DISTINCT,
        ),
        over_all=True,
    ),
    Section(
        "minimum",
        _at("minimum", _whole("entries", needed=True), _choice("unit", "teams", "schools", default="teams"), SOURCE),
        first=True,
    ),
    Section(
        "judging",
        (
            *_at("anonymisation", _whole("layers", needed=True, default=2)),
            *_at("judging", _whole("judges_per_panel", default=3), _whole("max_spread", default=1)),
            *_at("scheme", Field(("total",), "number", default="100")),
            *_at("judging.round", *DIGITS),
        ),
        first=True,
    ),
    Section(
        "panel",
        (
            *_at("panel", _whole("nominations_max"), Field(("own_staff",), "yes", default=False)),
            *_at(
                "panel.duties",
                _whole("chief"),  # what holds without them is known in the judges' room
                _whole("encrypt"),
                _whole("supervisor"),
            ),
            *_at(
                "panel",
                Field(("skills",), "words"),
                Field(("enterprise_share",), "share"),
                _whole("firm_max"),
                _whole("age_max"),
                _whole("load_max"),
            ),
        ),
    ),
    Section(
        "result",
        (
            *_at("result.round", *DIGITS),
            *_at("result.ranking", _choice("style", "competition", "dense", "sequential", default="competition")),
            KEYS,
        ),
    ),
    Section(
        "awards",
        (
            TIERS,
            *_at(
                "result.awards",
                _whole("min_first", default=0),
                _choice("basis", "competed", "entered", "finalists", default="competed"),
                _choice("rounding", "floor", "half_up", "ceil", "cumulative", default="floor"),
                _choice("ties", "extend", "use_up", "shrink", "decide", default="extend"),
                Field(("min_total",), "number"),
                Field(("exclude_guests",), "yes", default=True),
            ),
            *_at("certificate", _text("title", default="获奖证书")),
        ),
    ),
    Section(
        "promotion",
        _at(
            "promotion",
            _choice("take", "top", "ratio", "all", needed=True),
            _whole("n"),
            Field(("ratio",), "percent"),
            _choice("rounding", "down", "up", "half_up", default="down"),
            _whole("min", default=0),
            _whole("per_school_max"),
            Field(("total_min",), "number"),
            _choice("ties", "take", "leave", default="take"),
            SOURCE,
        ),
    ),
)
FIRST = tuple(section for section in SECTIONS if section.first)
OVER_ALL = tuple(section for section in SECTIONS if section.over_all)
LISTS = {lines.path: lines for section in SECTIONS for lines in section.lists()}
