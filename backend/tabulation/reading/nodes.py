"""Reading the nodes of a scheme; what a node may say depends on its kind."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from backend.tabulation.document import Node, Rounding
from backend.tabulation.enums import Combine, Kind, Order, RoundingMode
from backend.tabulation.reading.fields import Fields, code_at, number_at, pair_at

MOST_DIGITS = 20
ANY_LEVEL = 10**40
"""Levels when theirs cannot be read: no mark is then too high."""

Parts = Mapping[str, Any]


def read_node(fields: Fields) -> Node | None:
    """The node, or None when its kind is unknown, so that nothing else of it can be judged."""
    code, name, section = fields.code("code"), fields.text("name", ""), fields.text("section", "")
    rounding = _rounding(fields)
    cap, floor = fields.fraction("cap"), fields.fraction("floor", negative=True)
    kind = _kind(fields)
    if kind is None:
        return None
    parts = _PARTS[kind](fields)
    fields.close()
    return Node(code, kind, name, section, rounding, cap, floor, **parts)


def _kind(fields: Fields) -> Kind | None:
    complaints = len(fields.findings.problems)
    kind = fields.choice("kind", Kind)
    return kind if len(fields.findings.problems) == complaints and "kind" in fields else None


def _rounding(fields: Fields) -> Rounding | None:
    if "round" not in fields:
        return None
    inner = fields.inner("round")
    rounding = Rounding(inner.whole("digits", most=MOST_DIGITS), inner.choice("mode", RoundingMode))
    inner.close()
    return rounding


def _marked(fields: Fields) -> Parts:
    return {"max": fields.decimal("max", required=True)}


def _judgement(fields: Fields) -> Parts:
    return {
        "max": fields.decimal("max", required=True),
        "levels": fields.whole("levels", least=1, otherwise=ANY_LEVEL),
        "max_spread": fields.whole("max_spread", default=1),
        "min_marks": fields.whole("min_marks", least=1, default=1),
    }


def _panel(fields: Fields) -> Parts:
    parts = _trims(fields)
    least_marks = parts["trim_high"] + parts["trim_low"] + 1
    low, high = fields.decimal("min", negative=True), fields.decimal("max")
    if high is not None and high < (low or 0):
        fields.complain("max", "must not be below min")
    return {
        **parts,
        "min": low if "min" in fields else Decimal(0),
        "max": high,
        "combine": fields.choice("combine", Combine, Combine.MEAN),
        "min_marks": fields.whole("min_marks", least=least_marks, default=least_marks),
    }


def _bare(_: Fields) -> Parts:
    return {}


def _over(fields: Fields) -> Parts:
    return {"of": _codes(fields, "of"), "minus": _codes(fields, "minus", required=False)}


def _product(fields: Fields) -> Parts:
    factor = fields.fraction("factor")
    return {**_over(fields), "factor": Fraction(1) if factor is None else factor}


def _weighted(fields: Fields) -> Parts:
    pairs = [
        _weighted_operand(f"{fields.path}.of[{place}]", raw, fields)
        for place, raw in enumerate(fields.items("of", may_be_empty=False))
    ]
    return {
        "of": tuple(code for code, _ in pairs),
        "weights": tuple(weight for _, weight in pairs),
        "minus": _codes(fields, "minus", required=False),
    }


def _weighted_operand(path: str, raw: object, fields: Fields) -> tuple[str, Fraction]:
    pair = pair_at(path, raw, fields.findings)
    if pair is None:
        return "", Fraction(0)
    code = code_at(f"{path}[0]", pair[0], fields.findings)
    weight = number_at(f"{path}[1]", pair[1], fields.findings)
    if weight is not None and weight < 0:
        fields.findings.add(f"{path}[1]", "must not be below 0")
    return code, Fraction(weight or 0)


def _best(fields: Fields) -> Parts:
    parts = {
        **_over(fields),
        "keep": fields.whole("keep", least=1),
        "order": fields.choice("order", Order, Order.DESC),
        "combine": fields.choice("combine", Combine, Combine.SUM),
    }
    if parts["of"] and parts["keep"] > len(parts["of"]):
        fields.complain("keep", "must not be above the number of nodes in of")
    return parts


def _trimmed(fields: Fields) -> Parts:
    parts = {**_over(fields), **_trims(fields), "combine": fields.choice("combine", Combine, Combine.MEAN)}
    if parts["of"] and len(parts["of"]) <= parts["trim_high"] + parts["trim_low"]:
        fields.complain("of", "must name more nodes than are trimmed")
    return parts


def _trims(fields: Fields) -> dict[str, Any]:
    return {
        "trim_high": fields.whole("trim_high", default=0),
        "trim_low": fields.whole("trim_low", default=0),
    }


def _codes(fields: Fields, key: str, *, required: bool = True) -> tuple[str, ...]:
    """One code per item, "" for an item that is none, so that places stay those of the document."""
    raws = fields.items(key, required=required, may_be_empty=False)
    return tuple(code_at(f"{fields.path}.{key}[{place}]", raw, fields.findings) for place, raw in enumerate(raws))


_PARTS: Mapping[Kind, Callable[[Fields], Parts]] = {
    Kind.MEASUREMENT: _marked,
    Kind.BINARY: _marked,
    Kind.JUDGEMENT: _judgement,
    Kind.PANEL: _panel,
    Kind.VALUE: _bare,
    Kind.DEDUCTIONS: _bare,
    Kind.SUM: _over,
    Kind.MEAN: _over,
    Kind.PRODUCT: _product,
    Kind.WEIGHTED: _weighted,
    Kind.BEST: _best,
    Kind.TRIMMED: _trimmed,
}
