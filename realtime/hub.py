"""From a new version to every socket: once through the channel layer per process, then the same text to its sockets.

The process that serves sockets calls `open_hub` in its event loop. `publish` may be called from any thread of any
process: it hops to the serving loop, and with Redis it also tells the other processes. A process without sockets
publishes through a small loop of its own. Embedded there is no channel layer at all.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings

if TYPE_CHECKING:
    from realtime.consumers import Socket
    from realtime.models import Notice

log = logging.getLogger("realtime.hub")


def encode(notice: Notice) -> str:
    """The one text that is stored in no socket and sent to all."""
    changed = notice.changed_at.isoformat() if notice.changed_at else None
    message = {"topic": notice.topic, "version": notice.version, "changed_at": changed, "state": notice.state}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)


def group_of(topic: str) -> str:
    """Group names are ASCII and short, topics need not be."""
    return f"notice.{hashlib.sha256(topic.encode()).hexdigest()[:32]}"


@dataclass
class Board:
    """What one process knows of one topic that its sockets watch."""

    topic: str
    sockets: set[Socket] = field(default_factory=set)
    version: int = 0
    text: str = ""
    read_at: float = 0.0
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hub:
    """The process's sockets by topic; everything but `tell` runs in the serving loop."""

    FRESH = 1.0  # seconds for which the row is not read again to heal a socket

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.boards: dict[str, Board] = {}
        self.count = 0
        self.layer = get_channel_layer() if settings.REDIS_URL else None
        self.channel = ""
        self._listener: asyncio.Task[None] | None = None
        self._joining = asyncio.Lock()

    async def watch(self, topic: str, socket: Socket) -> Board:
        """Subscribe first, read afterwards: no version falls between."""
        board = self.boards.setdefault(topic, Board(topic))
        board.sockets.add(socket)
        self.count += 1
        if self.layer is not None:
            async with self._joining:
                await self._join(topic)
        return board

    async def leave(self, topic: str, socket: Socket) -> None:
        board = self.boards.get(topic)
        if board is None or socket not in board.sockets:
            return
        board.sockets.discard(socket)
        self.count -= 1
        if board.sockets:
            return
        del self.boards[topic]
        if self.layer is not None and self.channel:
            async with self._joining:
                if topic not in self.boards:
                    await self.layer.group_discard(group_of(topic), self.channel)

    async def _join(self, topic: str) -> None:
        assert self.layer is not None
        if not self.channel:
            self.channel = await self.layer.new_channel()
            self._listener = asyncio.create_task(self._listen())
        await self.layer.group_add(group_of(topic), self.channel)

    async def _listen(self) -> None:
        """The process's one subscription."""
        assert self.layer is not None
        while True:
            try:
                message = await self.layer.receive(self.channel)
                self.deliver(message["topic"], message["version"], message["text"])
            except (OSError, ValueError, KeyError) as error:
                log.warning("channel layer: %r", error)
                await asyncio.sleep(0.5)

    def deliver(self, topic: str, version: int, text: str) -> None:
        """Write a version to the process's sockets, unless a newer one was already written."""
        board = self.boards.get(topic)
        if board is None or version <= board.version:
            return
        board.version, board.text, board.read_at = version, text, time.monotonic()
        for socket in tuple(board.sockets):
            socket.push(version, text)

    async def newest(self, board: Board) -> None:
        """Make sure that the board is not older than FRESH; one read for all who ask at the same time."""
        async with board.reading:
            if time.monotonic() - board.read_at < self.FRESH:
                return
            version, text = await sync_to_async(_row)(board.topic)
            board.read_at = time.monotonic()
            if version > board.version:
                self.deliver(board.topic, version, text)

    async def close(self) -> None:
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)


def _row(topic: str) -> tuple[int, str]:
    from django.db import close_old_connections

    from realtime.models import Notice

    try:
        notice = Notice.objects.filter(topic=topic).first()
        return (notice.version, encode(notice)) if notice else (0, "")
    finally:
        close_old_connections()


_hub: Hub | None = None
_own_loop: tuple[int, asyncio.AbstractEventLoop] | None = None
_making = threading.Lock()


def open_hub() -> Hub:
    """Serve sockets in this process, in the running loop."""
    global _hub
    _hub = Hub(asyncio.get_running_loop())
    return _hub


def current() -> Hub:
    """The hub of the running loop (opened by the server's start, or here)."""
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        return open_hub()
    return _hub


async def close_hub() -> None:
    global _hub
    if _hub is not None:
        await _hub.close()
    _hub = None


def watched(topic: str) -> bool:
    """Whether a socket of this process watches the topic."""
    return _hub is not None and topic in _hub.boards


def publish(topic: str, version: int, text: str) -> None:
    """Tell every socket of every process; from any thread. A hint: what is lost is healed from the row."""
    hub = _hub if _hub is not None and not _hub.loop.is_closed() else None
    if hub is not None:
        hub.loop.call_soon_threadsafe(hub.deliver, topic, version, text)
    if settings.REDIS_URL:
        loop = hub.loop if hub is not None else _publishing_loop()
        asyncio.run_coroutine_threadsafe(_send(topic, version, text), loop)


async def _send(topic: str, version: int, text: str) -> None:
    layer: Any = get_channel_layer()
    message = {"type": "notice", "topic": topic, "version": version, "text": text}
    sending: Coroutine[Any, Any, None] = layer.group_send(group_of(topic), message)
    try:
        await sending
    except OSError as error:
        log.warning("cannot publish %s v%d: %r", topic, version, error)


def _publishing_loop() -> asyncio.AbstractEventLoop:
    """A loop in a thread, for a process without sockets (a worker); one per process, also after a fork."""
    global _own_loop
    with _making:
        if _own_loop is None or _own_loop[0] != os.getpid():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="publisher", daemon=True).start()
            _own_loop = (os.getpid(), loop)
        return _own_loop[1]
