"""The serving commands, as a person starts and stops them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from backend.config.management.commands.serve import address_of
from tests import services
from tests.browser.conftest import Server
from tests.notify.servers import Mailbox, mail_server
from tests.processes import ROOT, embedded_state, free_port, production_state, wait_until_ready


@pytest.mark.parametrize(
    ("host", "given", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:9012"),
        ("0.0.0.0", "", "http://127.0.0.1:9012"),
        ("::", "", "http://[::1]:9012"),
        ("192.168.1.5", "", "http://192.168.1.5:9012"),
        ("0.0.0.0", "https://saixun.example.cn", "https://saixun.example.cn"),
    ],
)
def test_links_begin_with_where_the_process_serves_unless_set(
    settings: Any, monkeypatch: pytest.MonkeyPatch, host: str, given: str, address: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", given)
    settings.PUBLIC_URL = given or "http://127.0.0.1:8000"

    assert address_of(host, 9012) == address


def test_a_letter_of_an_embedded_server_names_the_port_it_serves_on(settings: Any) -> None:
    port = free_port()
    with mail_server(Mailbox()) as box, embedded_state() as state:
        env = {**state, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(settings.EMAIL_PORT)}
        seeding = Server("", env)
        seeding.seed("tests.config.told:somebody")
        seeding.close()
        with command(env, port):
            give_up_at = time.monotonic() + 60
            while not box.arrived and time.monotonic() < give_up_at:
                time.sleep(0.1)

    text = box.arrived[0].get_content()
    assert f"http://127.0.0.1:{port}/inbox/" in text
    assert ":8000" not in text


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
