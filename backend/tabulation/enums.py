"""The closed word lists of the two open formats."""

from enum import StrEnum


class Format(StrEnum):
    TABULATION = "tabulation/1"


class Kind(StrEnum):
    MEASUREMENT = "measurement"
    BINARY = "binary"
    JUDGEMENT = "judgement"
    PANEL = "panel"
    VALUE = "value"
    DEDUCTIONS = "deductions"
    SUM = "sum"
    MEAN = "mean"
    PRODUCT = "product"
    WEIGHTED = "weighted"
    BEST = "best"
    TRIMMED = "trimmed"


LEAVES = frozenset({Kind.MEASUREMENT, Kind.BINARY, Kind.JUDGEMENT, Kind.PANEL, Kind.VALUE, Kind.DEDUCTIONS})
JUDGED = frozenset({Kind.JUDGEMENT, Kind.PANEL})


class RoundingMode(StrEnum):
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"
    FLOOR = "floor"
    CEIL = "ceil"


class Combine(StrEnum):
    MEAN = "mean"
    SUM = "sum"
    MEDIAN = "median"


class Order(StrEnum):
    DESC = "desc"
    ASC = "asc"


class Status(StrEnum):
    COMPETED = "competed"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"
    ZEROED = "zeroed"


class Style(StrEnum):
    COMPETITION = "competition"
    DENSE = "dense"
    SEQUENTIAL = "sequential"


class Basis(StrEnum):
    COMPETED = "competed"
    ENTERED = "entered"
    FINALISTS = "finalists"


class PlacesRounding(StrEnum):
    FLOOR = "floor"
    HALF_UP = "half_up"
    CEIL = "ceil"
    CUMULATIVE = "cumulative"


class Ties(StrEnum):
    EXTEND = "extend"
    USE_UP = "use_up"
    SHRINK = "shrink"
    DECIDE = "decide"


class MergeRule(StrEnum):
    WORLDSKILLS = "worldskills"


class SharedSilver(StrEnum):
    AS_GOLD = "as_gold"
    KEEP_BRONZE = "keep_bronze"


class ProblemCode(StrEnum):
    SPREAD = "SPREAD"
    INCOMPLETE = "INCOMPLETE"
    TIE = "TIE"
    TIE_AT_EDGE = "TIE_AT_EDGE"
