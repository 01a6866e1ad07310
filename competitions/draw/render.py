"""Printed slips of codes: what a team carries instead of its name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from certificates.credentials.render import fonts

TEMPLATE = Path(__file__).parent / "templates" / "draw" / "slips.typ"


def slips_pdf(codes: Sequence[str], *, title: str, event: str) -> bytes:
    """One slip per code as PDF, in the order given; there is nothing on it that tells a school or a person."""
    compiler: Any = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True)
    data = json.dumps({"codes": list(codes), "title": title, "event": event}, ensure_ascii=False)
    made: bytes = compiler.compile(format="pdf", sys_inputs={"data": data})
    return made
