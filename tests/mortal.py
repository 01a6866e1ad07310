"""Services of a test's own that may be killed: Redis and PostgreSQL on free ports, in folders of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

from tests.processes import KEYS, environment, free_port, link_assets, migrate

PATIENCE = 30.0


class Mortal:
    """One service: started, killed without warning, started again on the same port with what it had on disk."""

    def __init__(self, command: list[str], folder: Path, owner: str | None = None) -> None:
        self.command, self.folder, self.owner = command, folder, owner
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        give_up_at = time.monotonic() + PATIENCE
        while True:
            with (self.folder.parent / "log").open("ab") as log:
                who = {"user": self.owner, "group": pwd.getpwnam(self.owner).pw_gid} if self.owner else {}
                extra = {"extra_groups": []} if self.owner else {}
                self.process = subprocess.Popen(
                    self.command,
                    cwd=self.folder,
                    stdout=log,
                    stderr=log,
                    **who,
                    **extra,  # type: ignore[arg-type]
                )
            while self.process.poll() is None and time.monotonic() < give_up_at:
                if self.answers():
                    return
                time.sleep(0.05)
            assert time.monotonic() < give_up_at, (self.folder.parent / "log").read_text()[-2000:]
            time.sleep(0.2)  # what a killed one left behind (a shared memory segment) goes with its last child

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def answers(self) -> bool:
        raise NotImplementedError


class MortalRedis(Mortal):
    """Keeps nothing on disk: what it held is lost with it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        super().__init__(["redis-server", *options], folder)
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


class MortalPostgres(Mortal):
    def __init__(self, folder: Path) -> None:
        self.port, owner = free_port(), unprivileged()
        options = ["-k", str(folder.parent), "-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        super().__init__([program("postgres"), "-D", str(folder), *options], folder, owner)
        if owner:
            for place in (folder.parent, folder):
                shutil.chown(place, owner)
        who = {"user": owner, "extra_groups": []} if owner else {}
        command = [program("initdb"), "-D", str(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=1).close()
        except psycopg.Error:
            return False
        return True


def program(name: str) -> str:
    """The path of one of PostgreSQL's own programs, "" when this machine has none."""
    found = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))]
    return found[-1] if found else shutil.which(name) or ""


def unprivileged() -> str | None:
    """Whom PostgreSQL runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def lacking() -> str:
    """Why this machine cannot do it, "" when it can."""
    if not (program("initdb") and program("postgres")):
        return "initdb and postgres are not installed; on Debian: sudo apt-get install -y postgresql"
    if not shutil.which("redis-server"):
        return "redis-server is not installed; on Debian: sudo apt-get install -y redis-server"
    return ""


@contextmanager
def mortal_state() -> Iterator[tuple[dict[str, str], MortalPostgres, MortalRedis]]:
    """The environment of a production installation whose database and Redis are the test's own, migrated."""
    with tempfile.TemporaryDirectory(prefix="saixunzheng-mortal-", ignore_cleanup_errors=True) as top:
        places = [Path(top) / name for name in ("postgres/data", "redis/data", "state")]
        os.chmod(top, 0o755)
        for place in places:
            place.mkdir(parents=True, mode=0o700)
        database, broker = MortalPostgres(places[0]), MortalRedis(places[1])
        try:
            database.start()
            broker.start()
            urls = {"DATABASE_URL": database.url, "REDIS_URL": broker.url, "REDIS_PREFIX": "mortal"}
            env = environment(**KEYS, **urls, STATE_DIR=str(places[2]))
            link_assets(str(places[2]))
            migrate(env)
            yield env, database, broker
        finally:
            for service in (database, broker):
                if service.process and service.process.poll() is None:
                    service.kill()
