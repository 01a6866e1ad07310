"""The socket `/ws/notices`: one topic each, in plain ASGI.

Client: {"watch": "board:GZ-2026-046", "ticket": "", "have": 0}, then every 20 s {"have": 41}.
Server: {"topic", "version", "changed_at", "state"} whenever the client is behind, {"same": 41} when it is not, and
{"ticket": "..."} when it is time for a new one. Close codes: 4400 not understood, 4403 not allowed (any more),
4408 no answer, 4429 too many, 4413 too slow.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from channels.auth import get_user
from django.conf import settings
from django.db import close_old_connections
from django.http import parse_cookie

from realtime import hub, projector, tickets

log = logging.getLogger("realtime.sockets")

FIRST_WORD = 10.0  # seconds until the first message must be there
SILENCE = 75.0  # seconds without a heartbeat
SLOW = 10.0  # seconds that one message may take to leave
RECHECK = 2.0  # seconds between two looks at the grants of private sockets
MESSAGES, PER = 10, 5.0  # a client may send so many messages in so many seconds
LARGEST = 4096


class Refused(Exception):
    """Close the socket with that code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class Socket:
    """One client: what it watches, what was sent last, and whether a message is still on its way."""

    def __init__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.ticket: tickets.Ticket | None = None
        self.sent = 0
        self._waiting: tuple[int, str] | None = None
        self._busy: asyncio.Task[None] | None = None
        self._recent: list[float] = []
        self._renewed = time.monotonic()
        self._main = asyncio.current_task()

    async def run(self) -> None:
        """From accept to close."""
        await self._receive()
        if not origin_is_ours(self.scope):
            await self._send({"type": "websocket.close", "code": 4403})
            return
        await self._send({"type": "websocket.accept"})
        code = 1000
        try:
            await self._serve()
        except Refused as refused:
            code = refused.code
        except asyncio.CancelledError:  # too slow to take what it was sent: `_finish` gave it up
            return
        finally:
            if self._busy is not None:
                self._busy.cancel()
        if code != 1000:
            await self._send({"type": "websocket.close", "code": code})

    async def _serve(self) -> None:
        home = hub.current()
        if home.count >= settings.REALTIME_MAX_SOCKETS:
            raise Refused(4429)
        first = await self._hear(FIRST_WORD)
        if first is None:
            return
        topic = await self._admitted(first)
        board = await home.watch(topic, self)
        try:
            await self._answer(board, first)
            while (said := await self._hear(SILENCE)) is not None:
                await self._answer(board, said)
        finally:
            await home.leave(topic, self)
            watchman.forget(self)

    async def _hear(self, patience: float) -> dict[str, Any] | None:
        """The next message; None when the client is gone."""
        try:
            event = await asyncio.wait_for(self._receive(), patience)
        except TimeoutError:
            raise Refused(4408) from None
        if event["type"] == "websocket.disconnect":
            return None
        now = time.monotonic()
        self._recent = [at for at in self._recent if now - at < PER] + [now]
        if len(self._recent) > MESSAGES:
            raise Refused(4429)
        return _understood(event.get("text") or "")

    async def _admitted(self, said: dict[str, Any]) -> str:
        topic = said.get("watch")
        if not isinstance(topic, str) or len(topic) > 120 or not projector.is_known(topic):
            raise Refused(4403)
        if projector.is_public(topic):
            return topic
        ticket = tickets.opened(str(said.get("ticket", "")))
        if ticket is None or ticket.topic != topic or await _user_of(self.scope) != ticket.user:
            raise Refused(4403)
        if not await sync_to_async(_standing)({ticket}):
            raise Refused(4403)
        self.ticket = ticket
        watchman.keep(self)
        return topic

    async def _answer(self, board: hub.Board, said: dict[str, Any]) -> None:
        """Heal a client that is behind, from the row."""
        have = said.get("have", 0)
        have = have if isinstance(have, int) and not isinstance(have, bool) else 0
        self.sent = max(have, self.sent) if "watch" in said else have  # a push may have been quicker than the greeting
        await hub.current().newest(board)
        if board.version > self.sent:
            self.push(board.version, board.text)
        elif self._busy is None:
            self.say(json.dumps({"same": board.version}))
        if self.ticket is not None and self._busy is None and time.monotonic() - self._renewed > tickets.LIFE / 3:
            self._renewed = time.monotonic()
            self.say(json.dumps({"ticket": tickets.renew(self.ticket)}))

    def push(self, version: int, text: str) -> None:
        """Send a version now; while an earlier message is still leaving, only the newest waits."""
        if version <= self.sent:
            return
        if self._busy is not None:
            self._waiting = (version, text)
            return
        self.sent = version
        self.say(text)

    def say(self, text: str) -> None:
        """Run the server's `send` up to where it would block: nearly always that is to its end, without a task."""
        sending = self._send({"type": "websocket.send", "text": text})
        try:
            blocked = sending.send(None)
        except StopIteration:
            return
        except OSError:  # gone; its own `_hear` ends it
            return
        self._busy = asyncio.create_task(self._finish(sending, blocked))

    async def _finish(self, sending: Any, blocked: Any) -> None:
        """Wait for a client whose buffer is full; give it up after SLOW seconds."""
        give_up_at = time.monotonic() + SLOW
        while True:
            if blocked is not None:
                blocked._asyncio_future_blocking = False
                await asyncio.wait([blocked], timeout=max(0.0, give_up_at - time.monotonic()))
                if not blocked.done():
                    sending.close()
                    self._drop()
                    return
            try:
                blocked = sending.send(None)
            except (StopIteration, OSError):
                break
        self._busy = None
        if self._waiting is not None:
            (version, text), self._waiting = self._waiting, None
            self.push(version, text)

    def _drop(self) -> None:
        """Give a client up without waiting for what its full buffer still holds."""
        log.info("a slow socket was dropped")
        transport = getattr(getattr(self._send, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()
        if self._main is not None:
            self._main.cancel()

    def revoke(self) -> None:
        """Close from outside: the role behind the ticket has ended."""
        self._revoking = asyncio.create_task(self._send({"type": "websocket.close", "code": 4403}))


class Watchman:
    """Looks every RECHECK seconds whether the grants behind private sockets still stand."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self._walk: asyncio.Task[None] | None = None

    def keep(self, socket: Socket) -> None:
        self.sockets.add(socket)
        if self._walk is None or self._walk.done():
            self._walk = asyncio.create_task(self._walk_round())

    def forget(self, socket: Socket) -> None:
        self.sockets.discard(socket)

    async def _walk_round(self) -> None:
        while self.sockets:
            await asyncio.sleep(RECHECK)
            held = {s.ticket for s in self.sockets if s.ticket is not None}
            good = await sync_to_async(_standing)(held)
            for socket in [s for s in self.sockets if s.ticket not in good]:
                self.forget(socket)
                socket.revoke()


watchman = Watchman()


def _standing(held: set[tickets.Ticket]) -> set[tickets.Ticket]:
    try:
        return tickets.standing(held)
    finally:
        close_old_connections()


async def _user_of(scope: dict[str, Any]) -> str:
    """The uid of the account whose session cookie came with the handshake; looked up for private topics only."""
    cookies = parse_cookie(_header(scope, b"cookie") or "")
    store = import_module(settings.SESSION_ENGINE).SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    user: Any = await get_user({"session": store})
    return str(getattr(user, "uid", ""))


def _header(scope: dict[str, Any], wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), None)


def _understood(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text) if len(text) <= LARGEST else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Refused(4400)
    return said


def origin_is_ours(scope: dict[str, Any]) -> bool:
    """A browser on another site may not open our sockets; what is no browser sends no Origin."""
    origin = _header(scope, b"origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == _header(scope, b"host") or origin in settings.CSRF_TRUSTED_ORIGINS


async def notices(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The ASGI application behind `/ws/notices`."""
    await Socket(scope, receive, send).run()
