"""`manage.py tabulate FILE|-`: the same command as `python -m backend.tabulation`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.tabulation.command import main


class Command(BaseCommand):
    help = "Compute results/1 from a tabulation/1 document (exit 0 complete, 2 refused, 3 incomplete)."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Past Django's own options and error pages: exit codes and error lines are part of the format."""
        own = [word for word in argv[2:] if not word.startswith(("--settings=", "--pythonpath="))]
        sys.exit(main(own, sys.stdin.buffer, sys.stdout.buffer, sys.stderr.buffer))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a tabulation/1 document, - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        self.run_from_argv(["manage.py", "tabulate", options["file"]])
