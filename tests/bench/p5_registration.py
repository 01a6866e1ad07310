"""P5: a registration workbook of 10,000 rows, checked beside one openpyxl pass of the same file, then confirmed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.bench.table import row
from tests.processes import ROOT, production_state

ROWS = 10_000
SHAPES = ((1, "single contestants"), (5, "teams of five"))


def run() -> list[dict[str, Any]]:
    """Each shape in a process and a PostgreSQL database of its own; memory at a quarter of the rows and at all."""
    rows = []
    for size, what in SHAPES:
        quarter, found = (measured(n, size) for n in (ROWS // 4, ROWS))
        rate = found["entries"] / found["confirm"]
        rows += [
            row("P5", f"check of {ROWS} rows, {what}, s", found["check"], found["pass"], "<= 3x one openpyxl pass"),
            row("P5", f"confirm, {what}, entries/s", rate, target=">= 1000" if size == 1 else ""),
            row("P5", f"confirm, {what}, rows/s", ROWS / found["confirm"], target=">= 1000"),
            row("P5", f"memory of the check, {what}, MB; beside a quarter", found["check_mb"], quarter["check_mb"]),
            row("P5", f"memory to confirmed, {what}, MB; beside a quarter", found["confirm_mb"], quarter["confirm_mb"]),
        ]
    return rows


def measured(rows: int, size: int) -> dict[str, float]:
    with production_state() as env:
        given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        command = [sys.executable, "-m", "tests.bench.register", str(rows), str(size)]
        done = subprocess.run(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
