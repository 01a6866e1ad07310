"""A real mail server for tests: it refuses whom it is told to refuse, and can die in the middle of a batch."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default as policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings


class Mailbox:
    """What arrived, and what the server does. refuse: address -> answer; dies_after: letters before it is gone."""

    def __init__(self, refuse: dict[str, str] | None = None, dies_after: int | None = None) -> None:
        self.refuse, self.dies_after = refuse or {}, dies_after
        self.arrived: list[EmailMessage] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.dies_after is not None and len(self.arrived) >= self.dies_after:
            assert server.transport is not None
            server.transport.abort()  # the line is cut: nobody will ever hear what became of this letter
            return "421 gone"
        assert isinstance(envelope.content, bytes)
        self.arrived.append(email.message_from_bytes(envelope.content, policy=policy))
        return "250 OK"

    @property
    def to(self) -> list[str]:
        return sorted(str(letter["To"]) for letter in self.arrived)


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[Mailbox]:
    """The server on a free port, and the settings that lead there."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with reached_at(port):
            yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def reached_at(port: int) -> Any:
    """Settings of a mail server at that port."""
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_TIMEOUT=5,
        DEFAULT_FROM_EMAIL="赛训证 <notes@example.cn>",
        PUBLIC_URL="https://saixun.example.cn",
    )
