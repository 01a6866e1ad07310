"""A real server keeps nothing of a body that is too large for somebody who has not signed in."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from backend.config import bodies
from tests.browser.conftest import Server
from tests.processes import embedded_state, serving

HUGE, BEYOND_ALL = 64 * 1024 * 1024, 257 * 1024 * 1024
SAID = "未登录时不能提交这么大的内容"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with embedded_state() as env, serving(env) as host:
        opened = Server(f"http://{host}", env)
        yield opened
        opened.close()


def asked(server: Server, lines: list[str], body: bytes = b"") -> tuple[int, str]:
    """Send a head and only as much of its body as given; the answer's status and text."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as wire:
        head = "\r\n".join([*lines, f"Host: {host}:{port}", "Accept-Language: zh-CN", "Connection: close"])
        wire.sendall(head.encode() + b"\r\n\r\n" + body)
        wire.settimeout(20)
        answer = b""
        while b"</html>" not in answer and (part := _more(wire)):
            answer += part
    return int(answer.split()[1]), answer.decode("utf-8", "replace")


def _more(wire: socket.socket) -> bytes:
    try:
        return wire.recv(65536)
    except TimeoutError:
        return b""


def sending(length: int, *more: str, path: str = "/sign-in/") -> list[str]:
    kind = "Content-Type: application/x-www-form-urlencoded"
    return [f"POST {path} HTTP/1.1", f"Content-Length: {length}", kind, *more]


def signed(server: Server) -> str:
    cookie: dict[str, Any] = server.seed("tests.browser.seed:account", name="somebody")
    return f"Cookie: {cookie['name']}={cookie['value']}"


def test_a_large_body_of_a_stranger_is_refused_before_it_is_sent(server: Server) -> None:
    status, text = asked(server, sending(HUGE), b"name=x")

    assert (status, SAID in text) == (413, True)


def test_nobody_sends_more_at_once_than_the_limit_of_all(server: Server) -> None:
    status, text = asked(server, sending(BEYOND_ALL, signed(server)), b"name=x")

    assert (status, "分批" in text) == (413, True)


def test_a_hidden_length_beyond_it_ends_as_if_the_sender_had_gone(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.BODY_MAX_BYTES = 10
    monkeypatch.setattr(bodies, "_signed_in", lambda cookie: True)
    read: list[str] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"123456", "more_body": True}

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        read.extend([(await receive())["type"] for _ in range(2)])

    async_to_sync(bodies.spared(pages))({"headers": [(b"transfer-encoding", b"chunked")]}, receive, None)

    assert read == ["http.request", "http.disconnect"]


def test_a_forged_session_does_not_help(server: Server) -> None:
    status, _text = asked(server, sending(HUGE, "Cookie: sessionid=abcdefghijklmnopqrstuvwxyz012345"), b"name=x")

    assert status == 413


def test_the_interface_for_programs_answers_as_a_problem(server: Server) -> None:
    status, text = asked(server, sending(HUGE, path="/api/v1/verify/"), b"{}")

    assert (status, json.loads(text.split("\r\n\r\n", 1)[1])["code"]) == (413, "body_too_large")


def test_a_body_that_hides_its_length_is_read_to_the_limit_only(server: Server) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    lines = ["POST /sign-in/ HTTP/1.1", "Transfer-Encoding: chunked"]

    status, _text = asked(server, lines, chunk * 6)
    small, _page = asked(server, lines, b"5\r\nname=\r\n0\r\n\r\n")

    assert (status, small) == (413, 403)  # the small one reaches Django, which misses its token


def test_a_form_of_a_stranger_and_an_upload_of_an_account_pass(server: Server) -> None:
    form = b"words=" + b"a" * 100_000
    upload = b"words=" + b"a" * (2 * 1024 * 1024)

    stranger, _page = asked(server, sending(len(form)), form)
    account, _same = asked(server, sending(len(upload), signed(server)), upload)

    assert (stranger, account) == (403, 403)  # both reached Django, which misses their token
