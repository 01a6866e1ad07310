"""Two workers on one outbox in processes of their own, one of them killed in the middle: what exactly is guaranteed.

Between workers that live a copy goes out once. A worker that dies between the mail server's answer and its own commit
leaves one doubtful copy: it goes again, under the same Message-ID, by which the repeat is known. Nothing is lost.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection

from backend.accounts.models import User
from backend.core import clock
from backend.notify import services
from backend.notify.models import Delivery
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import acting, drafted, teachers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]
LETTERS = 200

WORKER = """
import sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", int(sys.argv[2]), 20
settings.DEFAULT_FROM_EMAIL, settings.PUBLIC_URL = "notes@example.cn", "https://saixun.example.cn"
from backend.notify import services
print("ready", flush=True)
sys.stdin.readline()
services.deliver_due()
"""


class Counting(Mailbox):
    """Rings when so many letters have arrived."""

    def __init__(self, rings_at: int = LETTERS) -> None:
        super().__init__()
        self.rings_at, self.rang = rings_at, Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.arrived) >= self.rings_at:
            self.rang.set()
        return answer

    @property
    def ids(self) -> Counter[str]:
        return Counter(str(letter["Message-ID"]) for letter in self.arrived)


@pytest.fixture
def queued() -> list[str]:
    """A notice to two hundred recipients whose copies wait; their addresses."""
    told = [user.email for user in teachers(LETTERS)]
    actor = acting(User.objects.create_user("secretary"))
    with mail_server(Mailbox()):
        services.send_notice(actor=actor, notice=drafted(actor))
        Delivery.objects.update(state="queued", attempts=0, sent_at=None, due_at=clock.now())
    return sorted(told)


def workers(count: int) -> list[subprocess.Popen[str]]:
    """Processes that wait for the word to start."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), str(settings.EMAIL_PORT)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(command, text=True, env=env, cwd=settings.BASE_DIR, **pipes) for _ in range(count)]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    return started


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("now\n")
    process.stdin.flush()


def test_two_workers_carry_two_hundred_letters_once_each(queued: list[str]) -> None:
    with mail_server(Counting()) as mailbox:
        pair = workers(2)
        for one in pair:
            go(one)
        codes = [one.wait(timeout=120) for one in pair]

    assert codes == [0, 0]
    assert mailbox.to == queued
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_killed_worker_loses_nothing_and_doubts_one_letter_at_most(queued: list[str]) -> None:
    mailbox = Counting(rings_at=30)
    with mail_server(mailbox):
        doomed, other = workers(2)
        for one in (doomed, other):
            go(one)
        assert mailbox.rang.wait(60)
        os.kill(doomed.pid, signal.SIGKILL)
        doomed.wait(timeout=30)
        assert other.wait(timeout=120) == 0
        left = Delivery.objects.filter(state="sending").count()
        Delivery.objects.filter(state="sending").update(taken_at=clock.now() - timedelta(minutes=11))
        services.deliver_due()

    assert 0 < left <= 50
    assert sorted(set(mailbox.to)) == queued
    assert len(mailbox.ids) == LETTERS
    assert len(mailbox.arrived) <= LETTERS + 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
