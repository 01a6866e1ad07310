"""`python -m tests.bench [p1 p9 …]`: run the benchmarks and print one table."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import tests.bench
from tests.bench.table import markdown


def benchmarks() -> list[str]:
    """Names of the files that measure something: p1_fanout, p2_…"""
    names = [module.name for module in pkgutil.iter_modules(tests.bench.__path__)]
    measuring = [name for name in names if name[0] == "p" and name[1].isdigit()]
    return sorted(measuring, key=lambda name: int(name[1:].partition("_")[0]))


def main(wanted: list[str]) -> int:
    rows: list[dict[str, Any]] = []
    for name in benchmarks():
        if wanted and name.partition("_")[0] not in wanted:
            continue
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows += import_module(f"tests.bench.{name}").run()
    print(machine())
    print(markdown(rows))
    return 0


def machine() -> str:
    """What it was measured on."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    named = [line.partition(": ")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    count = text.count("processor\t")
    git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    commit, cpu = git.stdout, named[0] if named else "unknown CPU"
    return f"{count} x {cpu}, Python {sys.version.split()[0]}, commit {commit.strip()}\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
