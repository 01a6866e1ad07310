"""Small pictures and words of the boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from backend.ui import registry

register = template.Library()
GAP = 8


@register.inclusion_tag("boards/_bars.html")
def bars(parts: Sequence[int], criteria: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One bar a criterion; parts: thousandths, empty for the row that scripts copy."""
    count = len(criteria) or 1
    full = (1000 - GAP * (count - 1)) / count
    shown = list(parts) or [0] * count
    return {
        "bars": [
            {"x": f"{place * (full + GAP):.1f}", "full": f"{full:.1f}", "width": f"{full * part / 1000:.1f}"}
            for place, part in enumerate(shown)
        ]
    }


@register.filter
def tone(permille: int) -> int:
    """How dark a cell of the progress picture is: 0 to 4, -1 where judges must agree."""
    return permille if permille < 0 else 0 if permille == 0 else 4 if permille >= 1000 else 1 + permille * 3 // 1000


@register.filter
def percent(permille: int) -> str:
    """Thousandths as a whole per cent, rounded down: 100 only when all is done."""
    return f"{permille // 10}%"


@register.filter
def act(action: str) -> str:
    """What happened, in the organiser's words."""
    return registry.act_name(action)


@register.filter
def subject(line: dict[str, str]) -> str:
    """What an act was done to, in the reader's language."""
    return registry.label_of(line.get("kind", ""), line.get("subject", ""))


@register.filter
def moment(text: str) -> datetime | str:
    """A written instant as one that dates can be shown of."""
    return datetime.fromisoformat(text) if text else ""


@register.filter
def named(thing: dict[str, str], key: str) -> str:
    """The English name where the page is English and there is one."""
    english = thing.get(f"{key}_en", "") if (get_language() or "").startswith("en") else ""
    return english or thing.get(key, "")


@register.filter
def size(number: int) -> int:
    """Absolute value: how many places."""
    return abs(number or 0)


@register.simple_tag
def direction(move: int | None) -> SafeString:
    return SafeString("up" if (move or 0) > 0 else "down" if (move or 0) < 0 else "none")
