"""The service worker, at an address that never changes: its folder is the widest scope a browser grants it."""

from __future__ import annotations

import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from realtime import offline

WORKER = Path(__file__).parent / "static" / "realtime" / "worker.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`worker.js` with the list of pages it keeps; never from a cache, so that a new edition reaches every tablet."""
    script = f"self.SHELLS = {json.dumps(offline.shells())};\n{WORKER.read_text(encoding='utf-8')}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
