"""Many WebSocket viewers in one event loop, as thin as a client can be: they count bytes and know when all have one."""

from __future__ import annotations

import asyncio
import json
import resource
import time
from collections.abc import Callable

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def masked(text: str) -> bytes:
    """A client's text frame with an all-zero mask."""
    data = text.encode()
    head = bytes([0x81, 0x80 | len(data)]) if len(data) < 126 else bytes([0x81, 0xFE]) + len(data).to_bytes(2, "big")
    return head + bytes(4) + data


class Viewer(asyncio.Protocol):
    """Shakes hands, says what it watches, then hands every chunk to its crowd."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.ready, self.got = crowd, False, 0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(HANDSHAKE.format(path=self.crowd.path, host=self.crowd.host).encode())

    def data_received(self, data: bytes) -> None:
        if self.ready:
            self.crowd.chunk(self, data)
        elif b"\r\n\r\n" in data:
            self.ready = True
            self.transport.write(masked(self.crowd.word))
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("refused"))
        self.crowd.lost += 1


class Crowd:
    """So many viewers of one topic at one server."""

    def __init__(self, host: str, topic: str, path: str = "/ws/notices") -> None:
        self.host, self.path, self.lost = host, path, 0
        self.word = json.dumps({"watch": topic, "have": 0})
        self.viewers: list[Viewer] = []
        self.heard: Callable[[Viewer, bytes], None] | None = None
        self._size, self._left = 0, 0
        self._all: asyncio.Event = asyncio.Event()

    async def gather(self, count: int, at_once: int = 50) -> None:
        """Connect them, some at a time."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count * 2 + 500)), hard))
        address, _, port = self.host.partition(":")
        for start in range(0, count, at_once):
            some = [self._connect(address, int(port)) for _ in range(min(at_once, count - start))]
            self.viewers += await asyncio.gather(*some)
        await asyncio.sleep(1)  # what each is told at first

    async def _connect(self, address: str, port: int) -> Viewer:
        _, viewer = await asyncio.get_running_loop().create_connection(lambda: Viewer(self), address, port)
        await viewer.opened
        return viewer

    def chunk(self, viewer: Viewer, data: bytes) -> None:
        if self.heard is not None:
            self.heard(viewer, data)
            return
        before = viewer.got
        viewer.got += len(data)
        if before < self._size <= viewer.got:
            self._left -= 1
            if not self._left:
                self._all.set()

    async def until_all_have(self, size: int, fire: Callable[[], object]) -> float:
        """Milliseconds from `fire()` until the last viewer has received so many bytes."""
        for viewer in self.viewers:
            viewer.got = 0
        self._size, self._left = size, len(self.viewers)
        self._all.clear()
        started = time.perf_counter()
        fire()
        await asyncio.wait_for(self._all.wait(), 60)
        return (time.perf_counter() - started) * 1000

    async def part(self) -> None:
        for viewer in self.viewers:
            viewer.transport.abort()
        await asyncio.sleep(0.2)


class Trigger(asyncio.Protocol):
    """A connection kept open that sends one ready-made request, so that the request itself costs next to nothing."""

    def __init__(self, host: str, path: str) -> None:
        self.request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]

    def fire(self) -> None:
        self.transport.write(self.request)


async def trigger(host: str, path: str) -> Trigger:
    address, _, port = host.partition(":")
    _, made = await asyncio.get_running_loop().create_connection(lambda: Trigger(host, path), address, int(port))
    return made
