"""`manage.py verify_audit`: recompute the audit chain; exit 1 names the first bad entry."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.audit.selectors import verify
from backend.core.actor import SYSTEM


class Command(BaseCommand):
    help = "Recompute the audit chain and name the first bad entry."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(SYSTEM)
        if verdict.problem:
            raise CommandError(f"{verdict.problem}; {verdict.unsealed} entries not yet sealed")
        self.stdout.write(f"{verdict.sealed} entries sealed and in order, {verdict.unsealed} not yet sealed")
