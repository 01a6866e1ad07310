"""P11: `make run` on a fresh clone until the first page, beside the locked installs alone; and again when installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.table import row
from tests.processes import ROOT, environment, free_port

PATIENCE = 600


def run() -> list[dict[str, Any]]:
    """One fresh clone (an install is not repeated five times), then the median of five later starts."""
    with tempfile.TemporaryDirectory(prefix="saixunzheng-clone-", ignore_cleanup_errors=True) as folder:
        clone, alone = Path(folder) / "clone", Path(folder) / "alone"
        for target in (clone, alone):
            subprocess.run(["git", "clone", "-q", str(ROOT), str(target)], check=True)
        least = seconds(lambda: installs_alone(alone))
        first = until_first_page(clone)
        again = sorted(until_first_page(clone) for _ in range(5))[2]
    return [
        row(
            "P11",
            "make run on a fresh clone until the first page, s",
            first,
            least,
            "<= the same installs alone + 15 s",
        ),
        row("P11", "make run when installed until the first page, s", again, target="<= 4 s"),
    ]


def seconds(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def installs_alone(folder: Path) -> None:
    """A venv, pip from the lock, and npm ci of the same packages."""
    subprocess.run([base_python(), "-m", "venv", ".venv"], cwd=folder, check=True)
    pip = [".venv/bin/python", "-m", "pip", "install", "-q", "-q", "--require-hashes", "-r", "requirements.lock"]
    subprocess.run(pip, cwd=folder, check=True)
    node = folder / "node"
    node.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(folder / "backend" / "ui" / name, node)
    npm = ["npm", "ci", "--ignore-scripts", "--omit=dev"]
    subprocess.run(npm, cwd=node, check=True, stdout=subprocess.DEVNULL)


def base_python() -> str:
    """The interpreter behind this one's virtual environment."""
    return str(getattr(sys, "_base_executable", sys.executable))


def until_first_page(folder: Path) -> float:
    port, started = free_port(), time.perf_counter()
    command = ["make", "run", f"PORT={port}", f"PYTHON3={base_python()}"]
    env = {k: v for k, v in environment().items() if not k.startswith(("VIRTUAL_ENV", "MAKE", "MFLAGS"))}
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_for_page(f"http://127.0.0.1:{port}/", process)
            return time.perf_counter() - started
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def wait_for_page(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            raise RuntimeError(f"make run ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answer.read()
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"the first page answers {error.code}") from error
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.03)
    raise TimeoutError(url)


if __name__ == "__main__":
    print(*run(), sep="\n")
