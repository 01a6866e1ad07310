"""The real ASGI application with two kinds of topics of its own and a door to touch them, for tests and benchmarks."""

from __future__ import annotations

import itertools
import json
import os
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.db import transaction

from backend.config.asgi import application as whole
from backend.core.later import later, task
from backend.core.models import Job
from realtime import hub, projector
from realtime.notices import touch

PADDING = "x" * int(os.environ.get("STATE_BYTES", "0"))


def build(key: str, parts: set[str]) -> dict[str, Any]:
    if key == "broken":
        raise ZeroDivisionError
    return {"jobs": Job.objects.count(), "padding": PADDING}


projector.builder("open", build, public=True)
projector.builder("closed", build)


@task("test.touch")
def touch_in_task(topic: str) -> None:
    touch(topic)


@transaction.atomic
def write(topic: str) -> None:
    Job.objects.create(name="test", state="done")
    touch(topic)


_published = itertools.count(1)


def publish(topic: str) -> None:
    """Fan out a new version without the database, for the benchmark beside a bare server."""
    hub.publish(topic, next(_published), PADDING)


@transaction.atomic
def write_by_task(topic: str) -> None:
    later("test.touch", topic=topic)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`/touch?topic=…` writes and touches, `/task?…` has a task do it; everything else is the product."""
    doors = {"/touch": write, "/task": write_by_task, "/publish": publish}
    if scope["type"] != "http" or scope["path"] not in doors:
        await whole(scope, receive, send)
        return
    topic = parse_qs(scope["query_string"].decode())["topic"][0]
    await sync_to_async(doors[scope["path"]], thread_sensitive=True)(topic)
    body = json.dumps({"pid": os.getpid()}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})
