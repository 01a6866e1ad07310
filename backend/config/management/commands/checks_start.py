"""`manage.py checks_start`: what a production process looks at before it starts; exit code 2 at a fault."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from backend.config import checks


class Command(BaseCommand):
    help = "Check environment, keys and database before starting"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        checks.refuse_bad_start()
