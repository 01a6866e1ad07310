"""One tabulation that uses every key of the format, for the tests to break."""

from typing import Any

from tests.tabulation.documents import Json

NODES: list[Json] = [
    {"code": "M", "kind": "measurement", "max": "2.00", "name": "", "section": "3"},
    {"code": "B", "kind": "binary", "max": "0.50"},
    {"code": "J", "kind": "judgement", "max": "1.50", "levels": 3, "max_spread": 1, "min_marks": 1},
    {
        "code": "P",
        "kind": "panel",
        "min": "-1",
        "max": "10",
        "trim_high": 1,
        "trim_low": 1,
        "combine": "mean",
    },
    {"code": "V", "kind": "value", "round": {"digits": 2, "mode": "half_up"}},
    {"code": "D", "kind": "deductions", "cap": "10", "floor": "0"},
    {"code": "SUM", "kind": "sum", "of": ["M", "B"], "minus": ["D"]},
    {"code": "MEAN", "kind": "mean", "of": ["J", "P"]},
    {"code": "PROD", "kind": "product", "of": ["V"], "factor": "0.6"},
    {"code": "BEST", "kind": "best", "of": ["M", "B"], "keep": 1, "order": "asc", "combine": "sum"},
    {"code": "TRIM", "kind": "trimmed", "of": ["M", "B"], "trim_high": 1, "combine": "median"},
    {"code": "T", "kind": "weighted", "of": [["SUM", "0.3"], ["MEAN", "0.7"]]},
]

M, B, J, P, V, D, SUM, MEAN, PROD, BEST, TRIM, T = range(len(NODES))

GOOD: Json = {
    "format": "tabulation/1",
    "event": {"code": "GZ", "name": "网站技术"},
    "scheme": {"total": "T", "nodes": NODES},
    "entries": [
        {"code": "E1", "status": "competed", "guest": False, "finalist": True, "unit": "U1"},
        {"code": "E2", "status": "absent"},
    ],
    "marks": [
        {"entry": "E1", "node": "M", "value": "1.60"},
        {"entry": "E1", "node": "J", "judge": "J1", "value": "2"},
        {"entry": "E1", "node": "D", "value": "2", "reason": "S24-3"},
    ],
    "ranking": {"by": [["T", "desc"], ["V", "asc"]], "style": "dense", "incomplete_last_by": [["V", "asc"]]},
    "awards": {
        "basis": "finalists",
        "exclude_guests": False,
        "tiers": [
            {"code": "first", "name": "一等奖", "ratio": "0.1"},
            {"code": "second", "count": 2, "within": "1"},
            {"code": "third", "min_total": "60"},
        ],
        "rounding": "ceil",
        "ties": "decide",
        "min_total": "-5",
        "min_first": 1,
        "shared_silver": "keep_bronze",
    },
}

MEDALS: list[Json] = [{"code": code, "count": 1, "within": "2"} for code in ("gold", "silver", "bronze")]


def at(path: str) -> list[str | int]:
    """`scheme.nodes[3].max` as steps."""
    return [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]


BAD_NUMBERS: list[Any] = [
    1,
    1.5,
    True,
    None,
    "",
    "+1",
    "01",
    ".5",
    "1.",
    "1e3",
    " 1",
    "1\n",
    "١",
    "NaN",
    "-",
    "1,5",
    "9" * 41,
    [],
]
