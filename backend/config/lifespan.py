"""What a serving process starts and stops besides serving."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings

from backend.config import checks, embedded
from realtime import hub, projector


async def lifespan(receive: Any, send: Any) -> None:
    """ASGI lifespan: refuse a wrong set-up before the first request, end the threads after the last."""
    await receive()
    problems = await sync_to_async(checks.problems_of_database)()
    if problems:
        checks.say(problems)
        await send({"type": "lifespan.startup.failed", "message": ""})
        return
    hub.open_hub()
    running = embedded.start() if settings.EMBEDDED else None
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if running is not None:
        await sync_to_async(running.stop)()
    await sync_to_async(projector.stop)()
    await hub.close_hub()
    await send({"type": "lifespan.shutdown.complete"})
