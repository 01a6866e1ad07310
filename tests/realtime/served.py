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


BLANK = """<!doctype html><html lang="zh"><head><title>blank</title></head><body>
<form action="/sign-out/" id="out"><button>out</button></form>
<script type="module" src="/static/realtime/live-notice.js"></script></body></html>"""


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`/touch?topic=…` writes and touches, `/task?…` has a task do it; everything else is the product."""
    doors = {"/touch": write, "/task": write_by_task, "/publish": publish}
    if scope["type"] == "http" and scope["path"] == "/blank":
        await answer(send, BLANK, b"text/html")
    elif scope["type"] == "http" and scope["path"] in doors:
        topic = parse_qs(scope["query_string"].decode())["topic"][0]
        await sync_to_async(doors[scope["path"]], thread_sensitive=True)(topic)
        await answer(send, json.dumps({"pid": os.getpid()}), b"application/json")
    else:
        await whole(scope, receive, send)


async def answer(send: Any, text: str, kind: bytes) -> None:
    headers = [(b"content-length", b"%d" % len(text.encode())), (b"content-type", kind)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
