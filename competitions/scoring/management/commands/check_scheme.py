"""`manage.py check_scheme FILE [--json]`: read a CIS marking scheme and say whether it adds up.

Exit 0 without problems, 2 with problems or an unreadable file (with --json the report is printed all the same).
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competitions.scoring.imports import check_report, read_cis_scheme


class Command(BaseCommand):
    help = "Read a WorldSkills CIS marking scheme and say whether it adds up; nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"cannot read the file: {error.strerror}", returncode=2) from error
        report = check_report(*read_cis_scheme(content, path.name))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            counts = "{aspects} aspects, {sub_criteria} sub-criteria, {marks} marks"
            self.stdout.write(counts.format(**report))
            for problem in report["problems"]:  # type: ignore[attr-defined]
                self.stdout.write(f"{problem['cell']}\t{problem['message']}")
        if report["problems"]:
            sys.exit(2)
