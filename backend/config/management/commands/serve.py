"""`manage.py serve`: one embedded process, or in production PROCESSES processes."""

from __future__ import annotations

import fcntl
import os
import socket
from pathlib import Path
from typing import IO, Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from backend.config import checks

OPTIONS: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": 8192,  # clients only say what they have
    "ws_per_message_deflate": False,  # one text for all sockets; deflating it for each would cost more than it saves
    "lifespan": "on",
    "log_level": "warning",
    "access_log": False,  # the request log is ours
    "timeout_graceful_shutdown": 5,
    "backlog": 4096,
    "timeout_keep_alive": 75,
}


class Command(BaseCommand):
    help = "Serve pages, API and sockets"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--demo", action="store_true", help="embedded: migrate and load the demo season first")

    def handle(self, *args: Any, host: str, port: int, demo: bool, **options: Any) -> None:
        if settings.EMBEDDED:
            self._embedded(host, port, demo)
        else:
            checks.refuse_bad_start()
            application = "backend.config.asgi:application"
            uvicorn.run(application, host=host, port=port, workers=settings.PROCESSES, **OPTIONS)

    def _embedded(self, host: str, port: int, demo: bool) -> None:
        held = lock(settings.STATE_DIR)
        bound = bind(host, port)
        settings.PUBLIC_URL = address_of(host, port)
        if demo:
            if not checks.is_migrated():
                call_command("migrate", verbosity=0)
            call_command("demo", once=True, host=host, port=str(port))
        checks.refuse_bad_start()
        name = reached_at(host)
        self.stdout.write(_("Ready: http://%(name)s:%(port)d/   (stop with Ctrl+C)") % {"name": name, "port": port})
        config = uvicorn.Config("backend.config.asgi:application", **OPTIONS)
        uvicorn.Server(config).run(sockets=[bound])
        bound.close()
        held.close()


def reached_at(host: str) -> str:
    """The name under which this machine itself reaches the host that is listened on, as a URL writes it."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{name}]" if ":" in name else name


def address_of(host: str, port: int) -> str:
    """What links in messages and codes on paper begin with: as set, else where this process serves."""
    return settings.PUBLIC_URL if os.environ.get("PUBLIC_URL") else f"http://{reached_at(host)}:{port}"


def lock(state: Path) -> IO[str]:
    """Hold the state folder: two embedded processes over one SQLite file would not hear each other."""
    (state / "static").mkdir(parents=True, exist_ok=True)
    file = (state / "serving.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(
            _("Another process already serves this state folder. Stop it first, or give this one its own STATE_DIR.")
        ) from None
    return file


def bind(host: str, port: int) -> socket.socket:
    """The listening socket, or a plain word when the port is taken."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        raise CommandError(
            _("Port %(port)d is taken. Choose another one, for example: make run PORT=%(other)d")
            % {"port": port, "other": port + 1}
        ) from None
    return bound
