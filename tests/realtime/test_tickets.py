"""Private topics: a ticket for one account in one role, and the end of that role ends the socket."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.processes import ROOT
from tests.realtime.conftest import Installation
from tests.realtime.viewers import answered, closed_with, door, heard, watching

TOPIC = "closed:GZ-2026-046"

SCRIPT = """
import json, sys
import django; django.setup()
from django.test import Client
from backend.accounts.models import User
from backend.core import clock
from backend.people.models import Grant
from backend.people.selectors import actor_for
from realtime import tickets
name, verb = sys.argv[1:]
user = User.objects.filter(account_name=name).first() or User.objects.create_user(name, "correct-horse-9")
if verb == "grant":
    Grant.objects.get_or_create(user=user, role="chief_judge", scope_kind="event", scope_key="GZ", ended_at=None)
if verb == "end":
    Grant.objects.filter(user=user).update(ended_at=clock.now())
client = Client()
client.force_login(user)
cookie = client.cookies["sessionid"].value
print(json.dumps({"cookie": f"sessionid={cookie}", "ticket": tickets.issue("closed:GZ-2026-046", actor_for(user))}))
"""


def account(env: dict[str, str], name: str, verb: str) -> dict[str, Any]:
    """Make, grant or end in a process of its own, as another server process would; gives cookie and ticket."""
    settings = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, verb], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


async def test_the_holder_of_a_ticket_sees_the_topic(embedded: Installation) -> None:
    chief, host = account(embedded.env, "chief-1", "grant"), embedded.hosts[0]
    socket = await watching(host, TOPIC, ticket=chief["ticket"], additional_headers={"Cookie": chief["cookie"]})

    await door(host, "touch", TOPIC)

    assert (await heard(socket))["topic"] == TOPIC
    await socket.close()


async def test_a_ticket_is_worth_nothing_in_other_hands(embedded: Installation) -> None:
    chief = account(embedded.env, "chief-2", "grant")
    stranger = account(embedded.env, "stranger", "none")
    host, ticket = embedded.hosts[0], chief["ticket"]

    other = await watching(host, TOPIC, ticket=ticket, additional_headers={"Cookie": stranger["cookie"]})
    nobody = await watching(host, TOPIC, ticket=ticket)
    elsewhere = await watching(host, "closed:other", ticket=ticket, additional_headers={"Cookie": chief["cookie"]})
    forged = await watching(host, TOPIC, ticket=ticket[:-2] + "xx", additional_headers={"Cookie": chief["cookie"]})

    assert [await closed_with(s) for s in (other, nobody, elsewhere, forged)] == [4403] * 4


async def test_the_end_of_a_role_closes_its_sockets_within_five_seconds(embedded: Installation) -> None:
    chief, host = account(embedded.env, "chief-3", "grant"), embedded.hosts[0]
    socket = await watching(host, TOPIC, ticket=chief["ticket"], additional_headers={"Cookie": chief["cookie"]})
    await answered(socket)

    account(embedded.env, "chief-3", "end")
    ended = time.monotonic()

    assert await closed_with(socket) == 4403
    assert time.monotonic() - ended < 5


@pytest.mark.postgres
async def test_the_end_of_a_role_closes_sockets_of_every_process(two_processes: Installation) -> None:
    chief = account(two_processes.env, "chief-4", "grant")
    cookie = {"Cookie": chief["cookie"]}
    sockets = [await watching(h, TOPIC, ticket=chief["ticket"], additional_headers=cookie) for h in two_processes.hosts]
    for socket in sockets:
        await answered(socket)

    account(two_processes.env, "chief-4", "end")

    assert [await closed_with(s) for s in sockets] == [4403, 4403]
