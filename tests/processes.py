"""Real server processes for tests and benchmarks: own port, own state folder or own PostgreSQL database."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests import services

ROOT = Path(__file__).resolve().parents[1]
KEYS = {
    "SECRET_KEY": "only-for-tests-" + "x" * 40,
    "FIELD_KEYS": "t:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "INDEX_KEY": "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**given: str) -> dict[str, str]:
    """The environment of a product process, without what the test process itself runs with."""
    own = {k: v for k, v in os.environ.items() if k not in ("TASKS_EAGER", "DATABASE_URL", "REDIS_URL", "STATE_DIR")}
    return {**own, "LOG_LEVEL": "ERROR", "ARGON2_MEMORY_KIB": "1024", **given}


@cache
def migrated_files() -> Path:
    """A migrated embedded installation that was never started, to be copied: migrating takes longer than most tests."""
    folder = tempfile.mkdtemp(prefix="saixunzheng-migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate(environment(STATE_DIR=folder))
    return Path(folder)


@contextmanager
def embedded_state() -> Iterator[dict[str, str]]:
    """The environment of an embedded installation in a folder of its own, migrated."""
    with tempfile.TemporaryDirectory(prefix="saixunzheng-state-", ignore_cleanup_errors=True) as folder:
        shutil.copytree(migrated_files(), folder, dirs_exist_ok=True)
        link_assets(folder)
        yield environment(STATE_DIR=folder)


@cache
def migrated_database() -> str:
    """The name of a migrated PostgreSQL database that nobody uses, to be copied."""
    name = f"saixunzheng_migrated_{secrets.token_hex(4)}"
    administer(f"CREATE DATABASE {name}")
    atexit.register(administer, f"DROP DATABASE {name}")
    with tempfile.TemporaryDirectory(prefix="saixunzheng-state-") as folder:
        migrate(production(name, folder))
    return name


@contextmanager
def production_state() -> Iterator[dict[str, str]]:
    """The environment of a production installation with a database of its own, migrated; dropped afterwards."""
    name = f"saixunzheng_{secrets.token_hex(4)}"
    administer(f"CREATE DATABASE {name} TEMPLATE {migrated_database()}")
    try:
        with tempfile.TemporaryDirectory(prefix="saixunzheng-state-", ignore_cleanup_errors=True) as folder:
            link_assets(folder)
            yield production(name, folder)
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


def production(name: str, folder: str) -> dict[str, str]:
    """The environment of a production installation over this database."""
    url = urlunsplit(urlsplit(services.DATABASE_URL)._replace(path=f"/{name}"))
    given = {"DATABASE_URL": url, "REDIS_URL": services.REDIS_URL, "REDIS_PREFIX": name, "STATE_DIR": folder}
    return environment(**KEYS, **given)


def administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(services.DATABASE_URL, autocommit=True) as admin:
        admin.execute(statement)  # type: ignore[arg-type]


def link_assets(folder: str) -> None:
    """What `make install-dev` put into the checkout, for a state folder of its own."""
    vendor = ROOT / "var" / "vendor"
    if vendor.exists():
        (Path(folder) / "vendor").symlink_to(vendor)


def migrate(env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=env, check=True)


@contextmanager
def serving(env: dict[str, str], application: str = "backend.config.asgi:application") -> Iterator[str]:
    """One server process; gives `127.0.0.1:port` once it is ready and ends it with SIGTERM."""
    with started(env, application) as (host, _):
        yield host


@contextmanager
def started(
    env: dict[str, str], application: str = "backend.config.asgi:application"
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same with its process, for whoever means to kill it."""
    port = free_port()
    options = ["--port", str(port), "--ws", "websockets-sansio", "--lifespan", "on", "--no-access-log"]
    options += ["--log-level", "warning", "--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "3"]
    options += ["--backlog", "4096", "--timeout-keep-alive", "75"]
    process = subprocess.Popen([sys.executable, "-m", "uvicorn", application, *options], cwd=ROOT, env=env)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield f"127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def wait_until_ready(url: str, process: subprocess.Popen[bytes], patience: float = 30) -> None:
    give_up_at = time.monotonic() + patience
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise TimeoutError(url)
