"""What a rules document can be asked about, part by part: one description for its pages and for comparing two of them.

A place that is not described here is never touched by a page; its text form shows everything.
"""

from __future__ import annotations

from competitions.contests.rulebook.eligibility import PARAMS
from competitions.contests.rulebook.parts import Field, Lines, Section, at, choice, text, whole

ROUNDINGS = ("half_up", "half_even", "up", "down")
ROLES = ("contestant", "instructor", "leader")
DIRECTIONS = ("desc", "asc")
# What a panel can be weighed by; a test holds it against the judges' room, which knows what stands without them.
WEIGHED = (
    "busy",
    "duty",
    "skill",
    "age",
    "share",
    "firm",
    "load",
    "home",
    "novice",
    "same_school",
    "same_firm",
    "former_school",
    "coached",
    "former_student",
    "was_student",
    "awarded_together",
    "declared",
)
WEIGHTS = ("hard", *map(str, range(11)))  # offered; a document may weigh more finely, and keeps it


def _params(kind: str) -> tuple[Field, ...]:
    types, needed = PARAMS[kind]
    kinds = {"number": "whole", "sex": "choice"}
    return tuple(
        Field(("params", name), kinds.get(wanted, wanted), name in needed, ("F", "M") if wanted == "sex" else ())
        for name, wanted in types.items()
    )


CODE = text("code")
SOURCE = text("source")
DIGITS = (whole("digits", needed=True), choice("mode", *ROUNDINGS, needed=True))

CONDITIONS = Lines(
    ("eligibility",),
    (
        choice("kind", *PARAMS, needed=True),
        Field(("of",), "many", needed=True, choices=ROLES, default=["contestant"]),
        text("source", needed=True),
        text("evidence"),
        text("refusal"),
        choice("when_unknown", "state", "review", default="state"),
        CODE,
    ),
    most=60,
    by_kind={kind: _params(kind) for kind in PARAMS},
    code="R",
)
BASES = Lines(("quota", "bases"), (text("name", needed=True), whole("n", needed=True), CODE), most=20, code="class")
ADJUSTMENTS = Lines(
    ("quota", "adjustments"),
    (
        text("name", needed=True),
        whole("delta", needed=True),
        text("evidence", needed=True),
        Field(("bound",), "yes", default=False),
        SOURCE,
        CODE,
    ),
    most=40,
    code="adjustment",
)
HISTORY = Lines(
    ("quota", "history"),
    (whole("years", needed=True), Field(("below",), "percent", needed=True), whole("delta", needed=True)),
    most=10,
)
DISTINCT = Lines(
    ("quota", "distinct"), (choice("field", "topic", "topic_class", needed=True), text("together")), most=5
)
_KEY = (Field((0,), "text", needed=True), Field((1,), "choice", needed=True, choices=DIRECTIONS))
KEYS = Lines(("result", "ranking", "by"), _KEY, most=30, pair=True)
KEYS_OF_INCOMPLETE = Lines(("result", "ranking", "incomplete_last_by"), _KEY, most=30, pair=True)
TIERS = Lines(
    ("result", "awards", "tiers"),
    (
        text("name"),
        Field(("ratio",), "percent"),
        whole("count"),
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
        at(
            "team",
            whole("contestants", needed=True),
            whole("contestants_min"),
            whole("instructors_min", default=0),
            whole("instructors_max", default=0),
            whole("leaders_min", default=0),
            whole("leaders_max", default=0),
            whole("teams_per_school_max"),
        ),
        first=True,
    ),
    Section(
        "age",
        at("age", whole("max", needed=True), whole("min", default=0), Field(("on",), "day", needed=True)),
        first=True,
    ),
    Section("eligibility", (CONDITIONS,), over_all=True),
    Section(
        "quota",
        (
            *at(
                "quota",
                choice("scope", "school", "city", "group", "province", default="school"),
                choice("unit", "teams", "persons", default="teams"),
                whole("base", needed=True),
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
        at("minimum", whole("entries", needed=True), choice("unit", "teams", "schools", default="teams"), SOURCE),
        first=True,
    ),
    Section(
        "judging",
        (
            *at("anonymisation", whole("layers", needed=True, default=2)),
            *at("judging", whole("judges_per_panel", default=3), whole("max_spread", default=1)),
            *at("scheme", Field(("total",), "number", default="100")),
            *at("judging.round", *DIGITS),
        ),
        first=True,
    ),
    Section(
        "panel",
        (
            *at("panel", whole("nominations_max"), Field(("own_staff",), "yes", default=False)),
            *at(
                "panel.duties",
                whole("chief"),  # what holds without them is known in the judges' room
                whole("encrypt"),
                whole("supervisor"),
            ),
            *at(
                "panel",
                Field(("skills",), "words"),
                Field(("enterprise_share",), "share"),
                whole("firm_max"),
                whole("age_max"),
                whole("load_max"),
            ),
        ),
    ),
    Section("weights", at("panel.weights", *(Field((rule,), "weight", choices=WEIGHTS) for rule in WEIGHED))),
    Section(
        "result",
        (
            *at("result.round", *DIGITS),
            *at("result.ranking", choice("style", "competition", "dense", "sequential", default="competition")),
            KEYS,
            KEYS_OF_INCOMPLETE,
        ),
    ),
    Section(
        "awards",
        (
            TIERS,
            *at(
                "result.awards",
                whole("min_first", default=0),
                choice("basis", "competed", "entered", "finalists", default="competed"),
                choice("rounding", "floor", "half_up", "ceil", "cumulative", default="floor"),
                choice("ties", "extend", "use_up", "shrink", "decide", default="extend"),
                Field(("min_total",), "number"),
                Field(("exclude_guests",), "yes", default=True),
                choice("merge_rule", "worldskills"),
                choice("shared_silver", "as_gold", "keep_bronze", default="as_gold"),
            ),
            *at("certificate", text("title", default="获奖证书")),
        ),
    ),
    Section(
        "promotion",
        at(
            "promotion",
            choice("take", "top", "ratio", "all", needed=True),
            whole("n"),
            Field(("ratio",), "percent"),
            choice("rounding", "down", "up", "half_up", default="down"),
            whole("min", default=0),
            whole("per_school_max"),
            Field(("total_min",), "number"),
            choice("ties", "take", "leave", default="take"),
            SOURCE,
        ),
    ),
)
FIRST = tuple(section for section in SECTIONS if section.first)
OVER_ALL = tuple(section for section in SECTIONS if section.over_all)
LISTS = {lines.path: lines for section in SECTIONS for lines in section.lists()}
