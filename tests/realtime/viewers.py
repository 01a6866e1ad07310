"""A viewer as the page's element behaves: says what it has, takes what is newer."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from typing import Any

from websockets.asyncio.client import ClientConnection, connect


async def watching(host: str, topic: str, *, have: int = 0, ticket: str = "", **options: Any) -> ClientConnection:
    """An open socket that has said what it wants to watch."""
    socket = await connect(f"ws://{host}/ws/notices", compression=None, **options)
    await socket.send(json.dumps({"watch": topic, "have": have, "ticket": ticket}))
    return socket


async def heard(socket: ClientConnection, patience: float = 5) -> dict[str, Any]:
    """The next notice."""
    while "version" not in (message := await answered(socket, patience)):
        pass
    return message


async def answered(socket: ClientConnection, patience: float = 5) -> dict[str, Any]:
    """The next message, be it only the word that nothing is newer."""
    return dict(json.loads(await asyncio.wait_for(socket.recv(), patience)))


async def closed_with(socket: ClientConnection, patience: float = 5) -> int | None:
    """The close code that the server gives."""
    await asyncio.wait_for(socket.wait_closed(), patience)
    return socket.close_code


async def fetch(url: str, **headers: str) -> tuple[int, bytes]:
    """A plain request in a thread."""

    def read() -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    return await asyncio.to_thread(read)


async def door(host: str, name: str, topic: str) -> None:
    """Have the server write and touch (`touch`), or have a task do it (`task`)."""
    status, _ = await fetch(f"http://{host}/{name}?topic={topic}")
    assert status == 200
