"""P13 (T29): the last hour before a deadline on PostgreSQL: submissions with attachments, several processes at once."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.bench.table import row
from tests.processes import ROOT, production_state

PROCESSES = 4


def run() -> list[dict[str, Any]]:
    with production_state() as env:
        given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        subprocess.run([sys.executable, "-m", "tests.bench.deadline", "prepare"], cwd=ROOT, env=given, check=True)
        offices = [office(n, given) for n in range(PROCESSES)]
        for each in offices:
            assert each.stdout
            assert each.stdout.readline() == "ready\n"
        for each in offices:
            assert each.stdin
            each.stdin.write("now\n")
            each.stdin.flush()
        told = [json.loads(each.communicate(timeout=900)[0].splitlines()[-1]) for each in offices]
        after = subprocess.run(
            [sys.executable, "-m", "tests.bench.deadline", "result"],
            cwd=ROOT,
            env=given,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    stands = json.loads(after.stdout.splitlines()[-1])
    submitted = sum(one["submitted"] for one in told)
    rate = submitted / max(one["seconds"] for one in told)
    cpu = sum(one["cpu"] for one in told) / submitted * 1000
    return [
        row("P13", "CPU of the web processes for each, refused tries included, ms", cpu),
        row("P13", "submissions with three photos each, per second", rate, target=">= 50/s (trust.md, T29)"),
        row("P13", "submitted; refused by the quota", submitted, sum(one["refused"] for one in told)),
        row("P13", "most teams of one school; its quota", stands["most_of_a_school"], 2, "<= 1"),
        row("P13", "persons in two teams", stands["doubled"], target="0"),
    ]


def office(number: int, env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.deadline", str(number), str(PROCESSES)]
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
