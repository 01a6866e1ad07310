"""What axe finds on a page, as lines that a person can act on."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.browser.places import vendor

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
GRAVE = ("serious", "critical")


@cache
def _source() -> str:
    return (vendor() / "axe" / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Any) -> list[str]:
    """Everything axe complains of, each with its impact and the first place."""
    page.evaluate(_source() + "; undefined")
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [f"{v['impact']} {v['id']}: {v['help']} at {v['nodes'][0]['target'][0]}" for v in found]


def serious(page: Any) -> list[str]:
    """What must not be there: serious and critical findings."""
    return [line for line in findings(page) if line.startswith(GRAVE)]
