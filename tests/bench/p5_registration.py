"""P5: a registration workbook of 10,000 rows, checked beside one openpyxl pass of the same file, then confirmed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from tests.bench.table import row
from tests.processes import ROOT, embedded_state, production_state

ROWS = 10_000
SHAPES = ((1, "single contestants"), (5, "teams of five"))
State = Callable[[], AbstractContextManager[dict[str, str]]]
ENGINES: tuple[tuple[str, State], ...] = (("PostgreSQL", production_state), ("SQLite", embedded_state))


def run() -> list[dict[str, Any]]:
    """Each shape on each engine in processes and a database of its own; memory at a quarter of the rows and at all."""
    rows = []
    for engine, state in ENGINES:
        for size, shape in SHAPES:
            what = f"{shape}, {engine}"
            quarter, found = (measured(state, n, size) for n in (ROWS // 4, ROWS))
            rows += [
                row("P5", f"check of {ROWS} rows, {what}, s", found["check"], found["pass"], "<= 3x one openpyxl pass"),
                row("P5", f"confirm, {what}, entries/s", found["entries"] / found["confirm"]),
                row("P5", f"confirm, {what}, rows/s", ROWS / found["confirm"], target=">= 1000"),
                row("P5", f"memory of the check, {what}, MB; beside a quarter", found["check_mb"], quarter["check_mb"]),
                row(
                    "P5", f"memory to confirm, {what}, MB; beside a quarter", found["confirm_mb"], quarter["confirm_mb"]
                ),
            ]
    return rows


def measured(state: State, rows: int, size: int) -> dict[str, float]:
    with state() as env:
        given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        found: dict[str, float] = {}
        for step in ("stage", "check", "confirm"):
            command = [sys.executable, "-m", "tests.bench.register", step, str(rows), str(size)]
            done = subprocess.run(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True)
            found |= json.loads(done.stdout.splitlines()[-1])
    return found
