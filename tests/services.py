"""What outside services this machine offers to the tests; `python -m tests.services` fails when one is missing."""

from __future__ import annotations

import os
import shutil

DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"


def missing() -> dict[str, str]:
    """Service -> why it is not there and what to do, for those that do not answer."""
    found = {"PostgreSQL": _postgres(), "Redis": _redis(), "Chromium": _chromium()}
    return {name: reason for name, reason in found.items() if reason}


def _postgres() -> str:
    import psycopg

    try:
        psycopg.connect(DATABASE_URL, connect_timeout=3).close()
    except psycopg.Error as error:
        return f"does not answer ({str(error).splitlines()[0]}); start it or set TEST_DATABASE_URL"
    return ""


def _redis() -> str:
    import redis

    try:
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return f"does not answer ({error}); start it or set TEST_REDIS_URL"
    return ""


def _chromium() -> str:
    return "" if CHROMIUM else "is not installed; on Debian: sudo apt-get install -y chromium fonts-noto-cjk"


if __name__ == "__main__":
    gone = missing()
    for name, reason in gone.items():
        print(f"{name} {reason}")
    raise SystemExit(1 if gone else 0)
