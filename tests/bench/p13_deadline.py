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
TEAMS = 120  # that each process submits


def run() -> list[dict[str, Any]]:
    """A web process for each core and room for all, beside the bare rows and files; then room for every second."""
    with production_state() as env:
        bare = rate(at_once("tests.bench.bare_submissions", CORES, str(TEAMS), env=env))
    return [*evening(CORES, "room for all", bare), *evening(2 * CORES, "room for half")]


def evening(processes: int, which: str, bare: float | None = None) -> list[dict[str, Any]]:
    with production_state() as env:
        given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        asked("prepare", str(CORES), env=given)
        told = at_once("tests.bench.deadline", processes, str(processes), env=given)
        stands = json.loads(asked("result", env=given).splitlines()[-1])
    submitted = sum(one["submitted"] for one in told)
    cpu = sum(one["cpu"] for one in told) / submitted * 1000
    what = f"{which}: submissions with three photos each, per second"
    return [
        row("P13", what, rate(told), bare, ">= 50/s (trust.md, T29)"),
        row("P13", f"{which}: CPU of the web processes for each, ms", cpu),
        row("P13", f"{which}: submitted", submitted),
        row("P13", f"{which}: refused by the quota", sum(one["refused"] for one in told)),
        row("P13", f"{which}: most teams of one school; its quota", stands["most_of_a_school"], CORES, "<= 1"),
        row("P13", f"{which}: persons in two teams", stands["doubled"], target="0"),
    ]


def rate(told: list[dict[str, float]]) -> float:
    return sum(one["submitted"] for one in told) / max(one["seconds"] for one in told)


def at_once(module: str, processes: int, *words: str, env: dict[str, str]) -> list[dict[str, float]]:
    """Processes that begin at one word, each told its number and the words; what each says at its end."""
    running = []
    for number in range(processes):
        command = [sys.executable, "-m", module, str(number), *words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        running.append(subprocess.Popen(command, cwd=ROOT, env=env, text=True, **pipes))
    for each in running:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin
        each.stdin.write("now\n")
        each.stdin.flush()
    return [json.loads(each.communicate(timeout=900)[0].splitlines()[-1]) for each in running]


def asked(*words: str, env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "tests.bench.deadline", *words]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
