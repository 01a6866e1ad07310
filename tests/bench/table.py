"""One table of everything that was measured."""

from __future__ import annotations

from typing import Any

COLUMNS = ["id", "what", "ours", "beside", "ratio", "target"]


def row(name: str, what: str, ours: float, beside: float | None = None, target: str = "") -> dict[str, Any]:
    """One line: ours and the limit measured in the same run, and their ratio."""
    made: dict[str, Any] = {"id": name, "what": what, "ours": figure(ours), "target": target}
    if beside is not None:
        made |= {"beside": figure(beside), "ratio": round(ours / beside, 2)}
    return made


def figure(value: float) -> float | int:
    return round(value) if value >= 100 else round(value, 1) if value >= 1 else round(value, 3)


def markdown(rows: list[dict[str, Any]]) -> str:
    """The rows as a Markdown table."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(str(made.get(column, "")) for column in COLUMNS) + " |" for made in rows]
    return "\n".join(lines)
