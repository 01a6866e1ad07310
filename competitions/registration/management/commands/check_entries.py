"""`manage.py check_entries EVENT FILE --json`: the import's check for scripts; writes nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from backend.core.actor import SYSTEM
from backend.core.errors import DomainError
from competitions.contests.selectors import event_of
from competitions.registration.services.checked import CheckedRow, CheckReport
from competitions.registration.services.checking import check_workbook


class Command(BaseCommand):
    help = (
        "Check a registration workbook against an event, whether or not registration is open; nothing is written and "
        "no personal value is printed. Exit code 0: the check ran (read the verdicts); 2: the event or file is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event", help="public code, such as GZ-2026-046")
        parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = check_workbook(event_of(SYSTEM, options["event"]), options["file"].read_bytes())
        except DomainError as refusal:
            self.stderr.write(f"{refusal.code}: {refusal}")
            sys.exit(2)
        except OSError as error:
            self.stderr.write(f"FILE_UNREADABLE: {options['file']}: {error.strerror}")
            sys.exit(2)
        self.stdout.write(json.dumps(as_json(report), ensure_ascii=False) if options["as_json"] else as_table(report))


def as_json(report: CheckReport) -> dict[str, Any]:
    """The documented shape: row numbers of the sheet, verdicts, cells, codes and messages."""
    return {
        "rows": [
            {
                "row": row.number,
                "verdict": "ok" if row.ok else "refused",
                "problems": [{"cell": p.cell, "code": p.code, "message": p.message} for p in row.problems],
                "fixed": [{"cell": fix.cell, "code": fix.code} for fix in row.fixes],
            }
            for row in _in_order(report)
        ]
    }


def as_table(report: CheckReport) -> str:
    read, refused, tidied = (report.counts[key] for key in ("read", "refused", "fixed"))
    lines = [f"read {read}, ok {read - refused}, tidied {tidied}, refused {refused}"]
    lines += [f"{p.cell:<8}{p.code:<28}{p.message}" for row in _in_order(report) for p in row.problems]
    return "\n".join(lines)


def _in_order(report: CheckReport) -> list[CheckedRow]:
    """As the sheet has them."""
    return sorted(report.rows, key=lambda row: row.number)
