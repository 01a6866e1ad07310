"""A Redis of our own is killed and started again: viewers lose nothing and nobody has to come back."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests import services
from tests.processes import free_port, production_state, serving
from tests.realtime.conftest import APPLICATION
from tests.realtime.viewers import door, heard, watching

pytestmark = [pytest.mark.postgres]
TOPIC = "open:restart"


class Redis:
    """A server process on a port of its own that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("redis-server")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis() -> Iterator[Redis]:
    if "PostgreSQL" in services.missing() or shutil.which("redis-server") is None:
        pytest.skip("needs PostgreSQL and redis-server")
    own = Redis()
    own.start()
    yield own
    own.kill()


async def across_a_restart(writer: str, viewer: str, redis: Redis) -> list[int]:
    """The versions that a viewer of one process sees of what the other writes: before, meanwhile, afterwards."""
    socket = await watching(viewer, TOPIC)
    await asyncio.sleep(0.5)
    await door(writer, "touch", TOPIC)
    seen = [(await heard(socket))["version"]]
    redis.kill()
    await door(writer, "touch", TOPIC)  # nobody carries it to the other process
    await asyncio.sleep(0.5)
    redis.start()
    await asyncio.sleep(2)
    for _ in range(2):
        await door(writer, "touch", TOPIC)
        seen.append((await heard(socket, patience=15))["version"])
    await socket.close()
    return seen


def test_pushes_go_on_after_redis_was_killed_and_came_back(redis: Redis) -> None:
    with production_state() as env:
        env = {**env, "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0"}
        with serving(env, APPLICATION) as writer, serving(env, APPLICATION) as viewer:
            seen = asyncio.run(across_a_restart(writer, viewer, redis))

    assert seen == [1, 3, 4]
