"""P13 (T29): the last hour before a deadline on PostgreSQL: submissions with attachments, several processes at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.bench.table import row
from tests.processes import ROOT, production_state

CORES = os.cpu_count() or 1


def run() -> list[dict[str, Any]]:
    """A web process for each core and room for everybody; then twice as many, so that every second try is refused."""
    return [*evening(CORES, "room for all"), *evening(2 * CORES, "every second try refused")]


def evening(processes: int, which: str) -> list[dict[str, Any]]:
    with production_state() as env:
        given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        asked("prepare", str(CORES), env=given)
        offices = [office(n, processes, given) for n in range(processes)]
        for each in offices:
            assert each.stdout
            assert each.stdout.readline() == "ready\n"
        for each in offices:
            assert each.stdin
            each.stdin.write("now\n")
            each.stdin.flush()
        told = [json.loads(each.communicate(timeout=900)[0].splitlines()[-1]) for each in offices]
        stands = json.loads(asked("result", env=given).splitlines()[-1])
    submitted = sum(one["submitted"] for one in told)
    rate = submitted / max(one["seconds"] for one in told)
    cpu = sum(one["cpu"] for one in told) / submitted * 1000
    return [
        row("P13", f"{which}: submissions with three photos each, per second", rate, target=">= 50/s (trust.md, T29)"),
        row("P13", f"{which}: CPU of the web processes for each, ms", cpu),
        row("P13", f"{which}: submitted", submitted),
        row("P13", f"{which}: refused by the quota", sum(one["refused"] for one in told)),
        row("P13", f"{which}: most teams of one school; its quota", stands["most_of_a_school"], CORES, "<= 1"),
        row("P13", f"{which}: persons in two teams", stands["doubled"], target="0"),
    ]


def asked(*words: str, env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "tests.bench.deadline", *words]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def office(number: int, processes: int, env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.deadline", str(number), str(processes)]
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
