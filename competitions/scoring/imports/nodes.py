"""A checked scheme as the scheme of a `tabulation/1` document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from competitions.scoring.imports.checks import points
from competitions.scoring.imports.scheme import JUDGEMENT, LEVELS, Aspect, Scheme

TOTAL = "total"
Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rounding:
    """Where the rule set rounds, each {"digits": 2, "mode": "half_up"} or None for nowhere."""

    judgement: Mapping[str, object] | None = None
    total: Mapping[str, object] | None = None


def tabulation_nodes(scheme: Scheme, *, rounding: Rounding) -> dict[str, object]:
    """{"total": "total", "nodes": […]}: leaves are the aspects; sub-criteria, criteria and the total are
    plain sums.

    scheme: one without problems; criteria without aspects are left out.
    """
    return {"total": TOTAL, "nodes": list(_nodes(scheme, rounding))}


def _nodes(scheme: Scheme, rounding: Rounding) -> Iterator[Node]:
    for sub in scheme.sub_criteria:
        yield from (_leaf(aspect, rounding) for aspect in sub.aspects)
        yield _sum(sub.code, [aspect.code for aspect in sub.aspects], sub.name)
    used = []
    for criterion in scheme.criteria:
        subs = [sub.code for sub in scheme.sub_criteria if sub.criterion == criterion.id]
        if subs:
            used.append(criterion.id)
            yield _sum(criterion.id, subs, criterion.name)
    yield _rounded(_sum(TOTAL, used, ""), rounding.total)


def _leaf(aspect: Aspect, rounding: Rounding) -> Node:
    assert aspect.max is not None, "only a scheme without problems is tabulated"
    node: Node = {"code": aspect.code, "max": points(aspect.max), "section": aspect.section}
    if aspect.description:
        node["name"] = aspect.description
    if aspect.type != JUDGEMENT:
        return {**node, "kind": "measurement"}
    return _rounded({**node, "kind": "judgement", "levels": len(LEVELS) - 1}, rounding.judgement)


def _sum(code: str, of: list[str], name: str) -> Node:
    node: Node = {"code": code, "kind": "sum", "of": of}
    return {**node, "name": name} if name else node


def _rounded(node: Node, rounding: Mapping[str, object] | None) -> Node:
    return {**node, "round": dict(rounding)} if rounding is not None else node
