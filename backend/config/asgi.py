"""The ASGI entry: pages and API through Django, `/ws/notices` to the noticeboard, start and stop of the process."""

from __future__ import annotations

import os
import warnings
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

from backend.config import checks

checks.refuse_bad_environment()

from django.core.asgi import get_asgi_application  # noqa: E402

# Static files come from whitenoise, which knows no asynchronous iterator; small files lose nothing by it.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

everything = get_asgi_application()

from backend.config.bodies import spared  # noqa: E402
from backend.config.collecting import search_seldom  # noqa: E402
from backend.config.lifespan import lifespan  # noqa: E402
from realtime.consumers import notices  # noqa: E402

pages = spared(everything)
search_seldom()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """One process serves everything."""
    if scope["type"] == "http":
        await pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["path"] == "/ws/notices":
        await notices(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close", "code": 4404})
