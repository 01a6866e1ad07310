"""T5: the same signed result, published by several processes at the same moment, is one publication."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection

from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from certificates.credentials.models import Credential
from competitions.results.models import Publication
from tests.results.test_publishing import done, fresh_limits, signed

__all__ = ["done", "fresh_limits"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]
PROCESSES = 4

PUBLISHER = """
import sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from backend.accounts.models import User
from backend.people.selectors import actor_for
from competitions.contests.models import Round
from competitions.results.services import publish
actor = actor_for(User.objects.get(account_name="organiser"))
round = Round.objects.get(uid=sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
made = publish(actor=actor, round=round)
print(made.number, made.uid)
"""


def published_at_once(round_uid: str) -> list[str]:
    """What each process says that publishes the round at the same moment."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings", "TASKS_EAGER": "1"}
    command = [sys.executable, "-c", PUBLISHER, str(connection.settings_dict["NAME"]), round_uid]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(command, text=True, env=env, cwd=settings.BASE_DIR, **pipes) for _ in range(PROCESSES)]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("now\n")
        one.stdin.flush()
    return [one.communicate(timeout=120)[0].strip() for one in started]


def test_one_result_published_by_four_processes_is_one_publication(done: SimpleNamespace, organiser: Actor) -> None:
    signed(done, organiser)

    said = published_at_once(str(done.round.uid))

    publication = Publication.objects.get()
    assert said == [f"1 {publication.uid}"] * PROCESSES
    assert AuditEntry.objects.filter(action="results.publish").count() == 1
    assert Credential.objects.count() == 1
