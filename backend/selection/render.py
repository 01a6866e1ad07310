"""A numbered list as a typeset PDF, the same bytes for the same list."""

from __future__ import annotations

import json
import threading
from calendar import timegm
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from backend.core.clock import SHANGHAI
from backend.selection.models import Decision

TEMPLATE = Path(__file__).parent / "templates" / "selection" / "decision.typ"
FONTS = settings.STATE_DIR / "vendor" / "fonts"
PROVINCE_NAME = "河南省"
OUTCOMES = {"chosen": "拟定", "below": "未入选", "limit": "已达可承担上限", "excluded": "经异议核实移出"}
FINAL = {**OUTCOMES, "chosen": "确定"}
_thread = threading.local()


@cache
def _fonts() -> Any:
    """The fonts, read once per process; never the system's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compiler() -> Any:
    """One compiler per thread."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True)
    return _thread.compiler


def pdf_of(decision: Decision) -> bytes:
    """The list as PDF/A-2b; its foot holds the hash of what it shows."""
    at = decision.made_at.astimezone(SHANGHAI)
    words = FINAL if decision.kind == "confirmed" else OUTCOMES
    data = {
        "title": decision.call.title,
        "kind": "结果确认表" if decision.kind == "confirmed" else "公示名单",
        "number": decision.title_number,
        "issuer": decision.call.group.name if decision.call.group else PROVINCE_NAME,
        "date": f"{at.year} 年 {at.month} 月 {at.day} 日",
        "ymd": [at.year, at.month, at.day],
        "reason": decision.reason,
        "source": decision.snapshot.get("source", ""),
        "sha256": decision.sha256,
        "offers": [
            {"label": offer["label"], "places": offer["places"], "rows": [_row(row, words) for row in offer["rows"]]}
            for offer in decision.snapshot["offers"]
        ],
    }
    made: bytes = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=timegm(at.timetuple()),
    )
    return made


def _row(row: dict[str, Any], words: dict[str, str]) -> list[str]:
    place = "" if row["place"] is None else str(row["place"])
    return [place, row["organisation"], row["total"], words[row["outcome"]]]
