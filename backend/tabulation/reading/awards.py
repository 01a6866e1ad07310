"""Reading how awards are given."""

from collections.abc import Sequence

from backend.tabulation.document import Awards, Tier
from backend.tabulation.enums import Basis, MergeRule, PlacesRounding, SharedSilver, Ties
from backend.tabulation.reading.fields import Fields, refuse_repeats

MEDALS = ("gold", "silver", "bronze")
SIZES = ("ratio", "count", "min_total")


def read_awards(fields: Fields, *, ranked_by_total: bool) -> Awards:
    """ranked_by_total: the first ranking key is the total, highest first, as limits in points need it."""
    tiers, tier_fields = _tiers(fields)
    merge_rule = fields.choice("merge_rule", MergeRule) if "merge_rule" in fields else None
    awards = Awards(
        tiers=tiers,
        basis=fields.choice("basis", Basis, Basis.COMPETED),
        exclude_guests=fields.flag("exclude_guests", default=True),
        rounding=fields.choice("rounding", PlacesRounding, PlacesRounding.FLOOR),
        ties=fields.choice("ties", Ties, Ties.EXTEND),
        min_total=fields.fraction("min_total", negative=True),
        min_first=fields.whole("min_first", default=0),
        merge_rule=merge_rule,
        shared_silver=fields.choice("shared_silver", SharedSilver, SharedSilver.AS_GOLD),
    )
    fields.close()
    if not ranked_by_total:
        _refuse_point_limits([fields, *tier_fields])
    if merge_rule is not None:
        _refuse_other_medals(fields, tiers, tier_fields)
    return awards


def _tiers(fields: Fields) -> tuple[tuple[Tier, ...], list[Fields]]:
    tier_fields = list(fields.objects("tiers"))
    tiers = tuple(_tier(inner) for inner in tier_fields)
    codes = [(f"{inner.path}.code", tier.code) for inner, tier in zip(tier_fields, tiers, strict=True)]
    refuse_repeats(codes, fields.findings)
    return tiers, tier_fields


def _tier(fields: Fields) -> Tier:
    tier = Tier(
        code=fields.code("code"),
        name=fields.text("name", ""),
        ratio=fields.fraction("ratio"),
        count=fields.whole("count") if "count" in fields else None,
        min_total=fields.fraction("min_total", negative=True),
        within=fields.fraction("within"),
    )
    fields.close()
    if not fields.broken and sum(key in fields for key in SIZES) != 1:
        fields.findings.add(fields.path, "must have one of ratio, count and min_total")
    if "within" in fields and "count" not in fields:
        fields.complain("within", "stands only beside a count")
    return tier


def _refuse_point_limits(all_fields: Sequence[Fields]) -> None:
    for fields in all_fields:
        for key in ("min_total", "within"):
            if key in fields:
                fields.complain(key, "needs a ranking by the total first, from high to low")


def _refuse_other_medals(fields: Fields, tiers: Sequence[Tier], tier_fields: Sequence[Fields]) -> None:
    if tuple(tier.code for tier in tiers) != MEDALS:
        fields.complain("tiers", "must be gold, silver and bronze for this merge_rule")
        return
    for tier, inner in zip(tiers, tier_fields, strict=True):
        if tier.count != 1:
            inner.complain("count", "must be 1 for this merge_rule")
        if "within" not in inner:
            inner.complain("within", "is required for this merge_rule")
