"""Every page of the URL conf that needs no more than an event's code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def _walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern


NO_PAGES = {"/healthz", "/readyz", "/language/", "/sign-out/", "/worker.js"}


def pages(event_code: str) -> list[str]:
    """Addresses of all pages; those that name a record by its uid are reached by the tests of their rooms."""
    routes = [route.replace("<str:event_code>", event_code) for route, _ in _walk(get_resolver().url_patterns)]
    return sorted({f"/{route}" for route in routes if "<" not in route and not route.startswith("api/")} - NO_PAGES)
