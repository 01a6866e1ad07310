"""P1's limit: a bare asyncio server that writes one ready frame to every socket when asked; knows no protocol."""

from __future__ import annotations

import asyncio
import sys

SOCKETS: set[asyncio.Transport] = set()
ACCEPT = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n"
)
TEXT = b"x" * int(sys.argv[2])
FRAME = bytes([0x81, 126]) + len(TEXT).to_bytes(2, "big") + TEXT
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Bare(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET /ws"):
            self.transport.write(ACCEPT)
            SOCKETS.add(self.transport)
        elif data.startswith(b"GET /fire"):
            for socket in SOCKETS:
                socket.write(FRAME)
            self.transport.write(ANSWER)
        elif data.startswith(b"GET /healthz"):
            self.transport.write(ANSWER)

    def connection_lost(self, exc: Exception | None) -> None:
        SOCKETS.discard(self.transport)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    await server.serve_forever()


asyncio.run(main())
