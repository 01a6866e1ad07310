"""`manage.py demo`: the demo season of an embedded installation."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from backend.accounts.models import User
from backend.config import checks
from backend.config.demo import basics, season
from backend.config.management.commands.serve import address_of

ACCOUNTS = (
    ("group secretary", "secretary"),
    ("bureau reviewer", "bureau"),
    ("organiser", "organiser"),
    ("organiser of one event", "host"),
    ("school coordinators", "school  school2"),
    ("experts of a call", "expert1  expert2"),
    ("judges", "judge1  judge2  judge3"),
    ("chief judge", "chief"),
    ("supervisor", "supervisor"),
    ("check-in desks", "desk1  desk2"),
    ("contestant", "contestant"),
)


class Command(BaseCommand):
    help = "Load the demo season into an embedded installation (--once: unless it is there; --reset: anew)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--reset", action="store_true")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL is set: the demo season is for embedded mode only", returncode=2)
        settings.PUBLIC_URL = address_of(options["host"], int(options["port"]))
        checks.refuse(checks.problems_of_assets())  # before anything is written that needs them
        if options["reset"]:
            self.reset()
        if not User.objects.exists():
            self.stdout.write("Loading the demo season …")
            season.load()
        self.say(settings.PUBLIC_URL)

    def reset(self) -> None:
        """Throw away what embedded mode wrote: the database, the media and the audit head, nothing else."""
        connections.close_all()
        for path in settings.STATE_DIR.glob("saixunzheng.sqlite3*"):
            path.unlink()
        (settings.STATE_DIR / "audit-head.log").unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        call_command("migrate", verbosity=0)

    def say(self, home: str) -> None:
        """The addresses and one sign-in per role."""
        self.stdout.write(f"\n  Open  {home}/\n  Board {home}/events/GZ-2026-047/board/screen/")
        self.stdout.write(f"  API   {home}/api/v1/docs/\n\n  Sign in with the password {basics.PASSWORD}:")
        for role, names in ACCOUNTS:
            self.stdout.write(f"    {role:<20} {names}")
        self.stdout.write("")
