"""One JSON line per request, and the way a DomainError reaches a person."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from backend.core.errors import DomainError
from backend.ui.refusing import refuse

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("request")
TOO_LARGE = "saixunzheng.too_large"  # the error, in the scope of a request whose body was not read


class RequestLog:
    """Gives each request an id and writes one line about it: never a query string, never a personal value."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        actor = getattr(request, "actor", None)
        line = {
            "id": request.request_id,  # type: ignore[attr-defined]
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "ms": round((time.perf_counter() - start) * 1000, 1),
            "user": str(actor.user_uid) if actor and actor.user_uid else "",
            "event": str(match.kwargs.get("event_code", "")) if match else "",
        }
        log.info(json.dumps(line))
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class DomainErrors:
    """Turns a DomainError into a page, an htmx toast or problem+json, by what the client can show."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if error := getattr(request, "scope", {}).get(TOO_LARGE):
            return refuse(request, error)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        return refuse(request, error)
