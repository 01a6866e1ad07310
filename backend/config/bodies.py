"""How much a request may carry before anything keeps it: Django itself reads a whole body first and asks afterwards."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest

from backend.core.errors import BodyBeyondAll, BodyTooLarge, DomainError, Unavailable
from backend.ui.middleware import TOO_LARGE

EMPTY = {"type": "http.request", "body": b"", "more_body": False}


def spared(pages: Any) -> Any:
    """The application, but of a body too large for whoever sends it nothing is kept: 413 at once."""

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        head = dict(scope["headers"])
        told = head.get(b"content-length", b"")
        length = int(told) if told.isdigit() else 0
        counted = b"transfer-encoding" not in head
        if counted and length <= settings.ANONYMOUS_BODY_MAX_BYTES:
            await pages(scope, receive, send)
            return
        try:
            known = await sync_to_async(_signed_in, thread_sensitive=False)(head.get(b"cookie", b""))
        except (OperationalError, InterfaceError):  # who it is cannot be told now, so nothing is kept
            await _refused(pages, scope, receive, send, Unavailable())
            return
        if known:
            if length > settings.BODY_MAX_BYTES:
                await _refused(pages, scope, receive, send, BodyBeyondAll())
            else:
                await pages(scope, receive if counted else _ended(receive, settings.BODY_MAX_BYTES), send)
        elif counted:
            await _refused(pages, scope, receive, send, BodyTooLarge())
        else:
            await _measured(pages, scope, receive, send)

    return application


def _signed_in(cookie: bytes) -> bool:
    """Whether the cookies of a request are those of a live session of an account."""
    try:
        key = SimpleCookie(cookie.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return False
    if key is None:
        return False
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key.value)
    try:
        return bool(get_user(request).is_authenticated)
    finally:
        connections.close_all()  # of this thread, which serves no request


def _ended(receive: Any, limit: int) -> Any:
    """A body that does not say how long it is, as if its sender had gone when it passes the limit."""
    read = 0

    async def counted() -> Any:
        nonlocal read
        event = await receive()
        read += len(event.get("body", b""))
        return event if read <= limit else {"type": "http.disconnect"}

    return counted


async def _refused(pages: Any, scope: dict[str, Any], receive: Any, send: Any, error: DomainError) -> None:
    """The page that says so, made from the request without its body."""
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"content-length", b"transfer-encoding")]
    begun = False

    async def nothing() -> Any:
        nonlocal begun
        if not begun:
            begun = True
            return EMPTY
        while True:  # what still comes is dropped as it comes, until the client has gone
            event = await receive()
            if event["type"] != "http.request":
                return event

    await pages({**scope, "headers": kept, TOO_LARGE: error}, nothing, send)


async def _measured(pages: Any, scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A body that does not say how long it is, read up to the limit and no further."""
    parts: list[bytes] = []
    while True:
        event = await receive()
        if event["type"] != "http.request":
            return
        parts.append(event.get("body", b""))
        if sum(map(len, parts)) > settings.ANONYMOUS_BODY_MAX_BYTES:
            await _refused(pages, scope, receive, send, BodyTooLarge())
            return
        if not event.get("more_body"):
            break
    whole = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

    async def again() -> Any:
        return whole.pop() if whole else await receive()

    await pages(scope, again, send)
