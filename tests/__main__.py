"""`python -m tests`: the suite on SQLite, then what is marked for PostgreSQL again on PostgreSQL and Redis.

REQUIRE_SERVICES=1 turns a missing PostgreSQL, Redis or Chromium into a failure instead of a skip.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/saixunzheng")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
KEYS = {
    "SECRET_KEY": "only-for-tests-" + "x" * 40,
    "FIELD_KEYS": "t:" + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "INDEX_KEY": "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
    "ALLOWED_HOSTS": "*",
}


def reachable(url: str) -> bool:
    """Whether something listens at the host and port of that URL."""
    host, port = re.findall(r"[@/]([\d.a-z-]+):(\d+)", url)[-1]
    try:
        with socket.create_connection((host, int(port)), timeout=2):
            return True
    except OSError:
        return False


def pytest(title: str, *arguments: str, **environment: str) -> tuple[int, dict[str, int]]:
    """Run pytest once; returns its exit code and the counts of its closing line."""
    print(f"== {title}", flush=True)
    env = {**os.environ, **environment}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as run:
        last = ""
        for line in run.stdout or ():
            print(line, end="", flush=True)
            last = line if line.strip() else last
    counts = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|skipped|error)", last)}
    return run.returncode, counts


def main() -> int:
    """Run every part; the last line adds up what the parts reported."""
    slow = "--slow" in sys.argv
    chosen = "slow" if slow else "not slow"
    parts = [pytest("SQLite, embedded", "-m", f"{chosen} and not browser", "-n", "2")]
    if not slow:
        parts.append(pytest("In a browser", "-m", "browser"))
    if reachable(POSTGRES) and reachable(REDIS):
        urls = {"DATABASE_URL": POSTGRES, "REDIS_URL": REDIS, **KEYS}
        parts.append(pytest("PostgreSQL and Redis", "-m", f"postgres and {chosen}", **urls))
    else:
        print("PostgreSQL or Redis not found on 127.0.0.1: the tests marked `postgres` were not run a second time")
        if os.environ.get("REQUIRE_SERVICES"):
            parts.append((1, {"failed": 1}))
    total = {word: sum(counts.get(word, 0) for _, counts in parts) for word in ("passed", "failed", "error", "skipped")}
    failed = total["failed"] + total["error"]
    print(f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped")
    return 0 if all(code in (0, 5) for code, _ in parts) and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
