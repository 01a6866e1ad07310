"""How the codes of official classifications are built: pure rules over plain values."""

from __future__ import annotations

import re

from backend.people.enums import CatalogueKind

_LEVELS = {
    CatalogueKind.MAJORS: {2: 1, 4: 2, 6: 3},  # 专业大类, 专业类, 专业
    CatalogueKind.INDUSTRIES: {1: 1, 2: 2, 3: 3, 4: 4},  # 门类, 大类, 中类, 小类
}
_SHAPES = {
    CatalogueKind.MAJORS: re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}"),
    CatalogueKind.INDUSTRIES: re.compile(r"[A-Z]|[0-9]{2,4}"),
}


def level_of(kind: CatalogueKind, code: str) -> int | None:
    """1 for the widest class; None when the code has not the classification's shape.

    Regulation: MAJORS-2021, GB-T-4754
    """
    return _LEVELS[kind][len(code)] if _SHAPES[kind].fullmatch(code) else None


def parent_of(kind: CatalogueKind, code: str, *, letter: str = "") -> str:
    """Code of the class above, "" for the widest. letter: the section (门类) in which a two-digit division stands.

    Regulation: MAJORS-2021, GB-T-4754
    """
    if kind is CatalogueKind.MAJORS:
        return code[:-2]
    if len(code) == 2:
        return letter
    return code[:-1]
