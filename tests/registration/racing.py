"""Processes that act at the same moment on one event; `python -m tests.registration.racing` is one of them.

Each round a process is told its act, makes itself ready, waits for the word and says how it ended: "done", or the code
of the refusal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.processes import ROOT

Act = dict[str, Any]


@contextmanager
def racers(database: str, processes: int) -> Iterator[Callable[[Sequence[Act]], list[str]]]:
    """What runs one round: each act by a process of its own, all at once; their outcomes in the order of the acts."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    command = [sys.executable, "-m", "tests.registration.racing", database]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(command, text=True, env=env, cwd=ROOT, **pipes) for _ in range(processes)]

    def round_of(acts: Sequence[Act]) -> list[str]:
        for one, act in zip(started, acts, strict=True):
            _tell(one, json.dumps(act))
        assert [_heard(one) for one in started] == ["ready"] * processes
        for one in started:
            _tell(one, "now")
        return [_heard(one) for one in started]

    try:
        yield round_of
    finally:
        for one in started:
            one.communicate(timeout=30)  # the end of its input ends it
    assert [one.returncode for one in started] == [0] * processes


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _run() -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    from backend.core.errors import DomainError
    from tests.registration.acts import prepared

    for line in sys.stdin:
        act = prepared(**json.loads(line))
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            act()
            said = "done"
        except DomainError as refusal:
            said = refusal.code
        print(said, flush=True)


if __name__ == "__main__":
    _run()
