"""Hypothesis strategies for whole tabulations that the format accepts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.tabulation.documents import Json

MODES = st.sampled_from(["half_up", "half_even", "down", "up", "floor", "ceil"])
ROUNDINGS = st.fixed_dictionaries({"digits": st.integers(0, 4), "mode": MODES})
COMBINES = st.sampled_from(["mean", "sum", "median"])


def decimals(least: int, most: int, places: int = 3) -> st.SearchStrategy[str]:
    """Decimal strings in a range, with any number of digits up to places."""

    def text(number: int, shown: int) -> str:
        return format(Decimal(number).scaleb(-places).quantize(Decimal(1).scaleb(-shown)), "f")

    numbers = st.integers(least * 10**places, most * 10**places)
    return st.builds(text, numbers, st.just(places)) | st.integers(least, most).map(str)


OPTIONAL_ENDS: dict[Any, st.SearchStrategy[Any]] = {
    "round": ROUNDINGS,
    "cap": decimals(0, 50),
    "floor": decimals(-9, 9),
}


def _leaf(kind: str, code: str) -> st.SearchStrategy[Json]:
    required: dict[Any, st.SearchStrategy[Any]] = {"code": st.just(code), "kind": st.just(kind)}
    optional = dict(OPTIONAL_ENDS)
    if kind in ("measurement", "binary", "judgement"):
        required["max"] = st.just("10")
    if kind == "judgement":
        required["levels"] = st.integers(1, 4)
        optional.update(max_spread=st.integers(0, 4), min_marks=st.integers(1, 2))
    if kind == "panel":
        optional.update(trim_high=st.integers(0, 1), trim_low=st.integers(0, 1), combine=COMBINES, max=st.just("10"))
    return st.fixed_dictionaries(required, optional=optional)


LEAF_KINDS = ["measurement", "binary", "judgement", "panel", "value", "deductions"]


@st.composite
def inner_nodes(draw: Callable[..., Any], code: str, below: list[str]) -> Json:
    kind = draw(st.sampled_from(["sum", "mean", "product", "weighted", "best", "trimmed"]))
    of: list[Any] = draw(st.lists(st.sampled_from(below), min_size=1, max_size=4, unique=True))
    node: Json = {"code": code, "kind": kind, "of": of}
    if kind == "weighted":
        node["of"] = [[operand, draw(decimals(0, 2))] for operand in of]
    if kind == "product":
        node["factor"] = draw(decimals(0, 2))
    if kind == "best":
        node.update(keep=draw(st.integers(1, len(of))), order=draw(st.sampled_from(["asc", "desc"])))
    if kind == "trimmed":
        node.update(trim_high=draw(st.integers(0, len(of) - 1)), combine=draw(COMBINES))
    if draw(st.booleans()):
        node["minus"] = draw(st.lists(st.sampled_from(below), min_size=1, max_size=2, unique=True))
    return {**node, **draw(st.fixed_dictionaries({}, optional=OPTIONAL_ENDS))}


@st.composite
def schemes(draw: Callable[..., Any]) -> Json:
    """Leaves, then inner nodes over anything earlier; the last one is the total."""
    kinds = draw(st.lists(st.sampled_from(LEAF_KINDS), min_size=1, max_size=6))
    nodes = [draw(_leaf(kind, f"L{place}")) for place, kind in enumerate(kinds)]
    for place in range(draw(st.integers(1, 4))):
        nodes.append(draw(inner_nodes(f"I{place}", [node["code"] for node in nodes])))
    return {"total": nodes[-1]["code"], "nodes": nodes}


def _values(node: Json) -> st.SearchStrategy[str]:
    if node["kind"] == "binary":
        return st.sampled_from(["0", "10", "10.0"])
    if node["kind"] == "judgement":
        return st.integers(0, node["levels"]).map(str)
    return decimals(-9 if node["kind"] == "value" else 0, 10)


@st.composite
def marks_of(draw: Callable[..., Any], entry: str, node: Json) -> list[Json]:
    kind = node["kind"]
    if kind not in LEAF_KINDS or draw(st.integers(0, 9)) == 0:
        return []
    several = kind in ("judgement", "panel", "deductions")
    given = draw(st.lists(_values(node), min_size=1, max_size=4 if several else 1))
    rows: list[Json] = [{"entry": entry, "node": node["code"], "value": value} for value in given]
    if kind in ("judgement", "panel"):
        rows = [{**row, "judge": f"J{place}"} for place, row in enumerate(rows)]
    if kind != "deductions" and draw(st.integers(0, 9)) == 0:
        rows[0]["value"] = None
    return rows


@st.composite
def awards(draw: Callable[..., Any]) -> Json:
    sizes = st.one_of(
        st.fixed_dictionaries({"ratio": decimals(0, 1, 1)}),
        st.fixed_dictionaries({"count": st.integers(0, 3)}, optional={"within": decimals(0, 3, 1)}),
        st.fixed_dictionaries({"min_total": decimals(-5, 20, 1)}),
    )
    tiers = [{"code": f"T{place}", **size} for place, size in enumerate(draw(st.lists(sizes, min_size=1, max_size=4)))]
    settings: dict[Any, st.SearchStrategy[Any]] = {
        "basis": st.sampled_from(["competed", "entered", "finalists"]),
        "exclude_guests": st.booleans(),
        "rounding": st.sampled_from(["floor", "half_up", "ceil", "cumulative"]),
        "ties": st.sampled_from(["extend", "use_up", "shrink", "decide"]),
        "min_total": decimals(-5, 10),
        "min_first": st.integers(0, 2),
    }
    return {"tiers": tiers, **draw(st.fixed_dictionaries({}, optional=settings))}


STATUSES = st.sampled_from(["competed"] * 6 + ["absent", "withdrawn", "disqualified", "zeroed"])


@st.composite
def tabulations(draw: Callable[..., Any]) -> Json:
    scheme = draw(schemes())
    codes = draw(st.lists(st.text("Eéa1中", min_size=1, max_size=3), max_size=7, unique=True))
    flags = st.fixed_dictionaries({}, optional={"status": STATUSES, "guest": st.booleans(), "finalist": st.booleans()})
    tie_keys = draw(st.lists(st.sampled_from([node["code"] for node in scheme["nodes"]]), max_size=2))
    keys = [[code, draw(st.sampled_from(["asc", "desc"]))] for code in tie_keys]
    ranking: Json = {"by": [[scheme["total"], "desc"], *keys]}
    ranking["style"] = draw(st.sampled_from(["competition", "dense", "sequential"]))
    if keys and draw(st.booleans()):
        ranking["incomplete_last_by"] = keys
    marks = [mark for code in codes for node in scheme["nodes"] for mark in draw(marks_of(code, node))]
    document: Json = {
        "format": "tabulation/1",
        "event": {"code": "T"},
        "scheme": scheme,
        "entries": [{"code": code, **draw(flags)} for code in codes],
        "marks": marks,
        "ranking": ranking,
    }
    return {**document, "awards": draw(awards())} if draw(st.booleans()) else document
