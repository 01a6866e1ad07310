"""Reading how entries are ranked."""

from backend.tabulation.document import Key, Ranking
from backend.tabulation.enums import Order, Style
from backend.tabulation.reading.fields import Fields, Findings, code_at, pair_at
from backend.tabulation.reading.scheme import SchemeDraft


def read_ranking(fields: Fields, scheme: SchemeDraft) -> Ranking:
    style = fields.choice("style", Style, Style.COMPETITION)
    by = _keys(fields, "by", scheme)
    last_by = _keys(fields, "incomplete_last_by", scheme) if "incomplete_last_by" in fields else None
    fields.close()
    return Ranking(by, style, last_by)


def _keys(fields: Fields, name: str, scheme: SchemeDraft) -> tuple[Key, ...]:
    raws = fields.items(name, may_be_empty=False)
    keys = [_key(f"{fields.path}.{name}[{place}]", raw, fields.findings) for place, raw in enumerate(raws)]
    scheme.refuse_unknown([(f"{fields.path}.{name}[{place}][0]", code) for place, (code, _) in enumerate(keys)])
    return tuple(keys)


def _key(path: str, raw: object, findings: Findings) -> Key:
    pair = pair_at(path, raw, findings)
    if pair is None:
        return "", Order.DESC
    code, order = code_at(f"{path}[0]", pair[0], findings), pair[1]
    if type(order) is str and order in set(Order):
        return code, Order(order)
    findings.add(f"{path}[1]", "must be one of desc, asc")
    return code, Order.DESC
