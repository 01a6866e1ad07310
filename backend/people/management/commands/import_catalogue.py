"""`manage.py import_catalogue FILE --kind majors --edition 2021 --title …`: a classification from its document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.actor import SYSTEM
from backend.core.errors import DomainError
from backend.people import services
from backend.people.enums import CatalogueKind


class Command(BaseCommand):
    help = "Take a catalogue of majors or industries in from a workbook or CSV file; with any error nothing is taken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=[str(kind) for kind in CatalogueKind], required=True)
        parser.add_argument("--edition", required=True)
        parser.add_argument("--title", required=True)
        parser.add_argument("--source", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        told = {name: options[name] for name in ("kind", "edition", "title", "source")}
        try:
            taken = services.import_catalogue(actor=SYSTEM, content=options["file"].read_bytes(), **told)
        except (DomainError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        for wrong in taken.errors:
            self.stderr.write(f"{wrong.cell}: {wrong.message}")
        if taken.errors:
            raise CommandError(f"{len(taken.errors)} errors; nothing was taken", returncode=1)
        self.stdout.write(f"added {taken.added}, changed {taken.changed}, unchanged {taken.unchanged}")
