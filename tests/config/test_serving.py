"""The serving commands, as a person starts and stops them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests import services
from tests.processes import ROOT, embedded_state, free_port, production_state, wait_until_ready


@contextmanager
def command(env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_an_embedded_server_says_where_it_is_and_stops_on_sigterm() -> None:
    port = free_port()
    with embedded_state() as env, command(env, port) as process:
        assert process.stdout is not None
        first = process.stdout.readline().decode()

        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

    assert f"http://127.0.0.1:{port}/" in first
    assert code in (0, -signal.SIGTERM)
    assert time.monotonic() - started < 8


def test_a_second_server_over_the_same_state_is_refused() -> None:
    with embedded_state() as env, command(env, free_port()):
        second = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(free_port())],
            cwd=ROOT,
            env={**env, "LANGUAGE": "en"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert second.returncode == 1
    assert "STATE_DIR" in second.stderr


def test_a_taken_port_is_named() -> None:
    port = free_port()
    with embedded_state() as one, embedded_state() as two, command(one, port):
        second = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=two,
            capture_output=True,
            text=True,
            check=False,
        )

    assert second.returncode == 1
    assert f"PORT={port + 1}" in second.stderr


@pytest.mark.postgres
def test_two_production_processes_serve_one_port() -> None:
    if {"PostgreSQL", "Redis"} & set(services.missing()):
        pytest.skip("needs PostgreSQL and Redis")
    port = free_port()
    url = f"http://127.0.0.1:{port}/readyz"
    with production_state() as env, command({**env, "PROCESSES": "2"}, port), urllib.request.urlopen(url) as answer:
        status = answer.status

    assert status == 200
