"""`python -m tests`: the suite on SQLite, in a browser, and what is marked `postgres` again on PostgreSQL and Redis.

Every part prints its own closing line; the last line adds them up in pytest's form, so a test that ran on two engines
counts twice. What a missing service leaves out is said aloud; with REQUIRE_SERVICES=1 it is a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

from tests import services
from tests.processes import KEYS

WORDS = ["failed", "passed", "skipped", "xfailed", "xpassed", "warning", "error"]
COUNT = re.compile(rf"(\d+) ({'|'.join(WORDS)})s?\b")
CLOSING = re.compile(r" in \d+\.\d+s")


Ended = tuple[int, Counter[str]]


def pytest(title: str, chosen: str, *arguments: str, out: IO[str] = sys.stdout, **environment: str) -> Ended:
    """Run pytest once; returns its exit code and the counts of its closing line. What it prints goes to `out`."""
    print(f"\n== {title}", file=out, flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-m", chosen, *arguments, *asked()]
    env = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "CHROMIUM": services.CHROMIUM, **environment}
    counts: Counter[str] = Counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env) as run:
        for line in run.stdout or ():
            print(line, end="", file=out, flush=True)
            if CLOSING.search(line):
                counts = Counter({word: int(number) for number, word in COUNT.findall(line)})
    nothing_chosen = run.returncode == 5
    if run.returncode and not nothing_chosen and not counts["failed"] + counts["error"]:
        counts["error"] += 1  # pytest itself broke
    return 0 if nothing_chosen else run.returncode, counts


def asked() -> list[str]:
    """What the caller wants beyond the parts: paths, -k, -x."""
    return [argument for argument in sys.argv[1:] if argument != "--slow"]


def parts(missing: dict[str, str], slow: bool) -> list[Ended]:
    """Each part that this machine can run; PostgreSQL's beside the browser's, which mostly waits for pages."""
    chosen = "slow" if slow else "not slow"
    parallel = ["-n", os.environ.get("TEST_WORKERS", "2"), "--dist", "loadfile"]
    done = [pytest("SQLite, embedded", f"{chosen} and not browser", *parallel)]
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile("w+") as kept:
        on_postgres: Future[Ended] | None = None
        if not {"PostgreSQL", "Redis"} & missing.keys():
            on_postgres = beside.submit(with_services, chosen, kept)
        if "Chromium" not in missing:
            done.append(pytest("In a real browser", f"browser and {chosen}"))
        if on_postgres:
            done.append(on_postgres.result())
            kept.seek(0)
            print(kept.read(), end="", flush=True)
    return done


def with_services(chosen: str, out: IO[str]) -> Ended:
    """What is marked `postgres`, on PostgreSQL and Redis."""
    urls = {"DATABASE_URL": services.DATABASE_URL, "REDIS_URL": services.REDIS_URL, **KEYS, "ALLOWED_HOSTS": "*"}
    prefix = f"test-{os.getpid()}"
    marks = f"postgres and {chosen} and not browser"
    return pytest("PostgreSQL and Redis", marks, out=out, REDIS_PREFIX=prefix, **urls)


def closing_line(counts: Counter[str], seconds: float) -> str:
    named = [f"{counts[word]} {word}{'s' * (word in ('warning', 'error') and counts[word] > 1)}" for word in WORDS]
    told = ", ".join(text for text in named if not text.startswith("0 ")) or "no tests ran"
    return f" {told} in {seconds:.2f}s ".center(100, "=")


def main() -> int:
    """Run every part; exit code 1 when anything failed or a required service is missing."""
    started, missing, total = time.monotonic(), services.missing(), Counter[str]()
    ended = parts(missing, "--slow" in sys.argv)
    for _, counts in ended:
        total += counts
    print()
    for name, reason in missing.items():
        print(f"Left out, because {name} {reason}")
    if missing and services.REQUIRED:
        print("REQUIRE_SERVICES=1: nothing may be left out, so each of these is an error.")
        total["error"] += len(missing)
    print(closing_line(total, time.monotonic() - started))
    return 1 if total["failed"] or total["error"] or any(code for code, _ in ended) else 0


if __name__ == "__main__":
    sys.exit(main())
