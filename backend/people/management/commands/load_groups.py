"""`manage.py load_groups`: record the 20 groups and their lead schools."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.core.actor import SYSTEM
from backend.people import services


class Command(BaseCommand):
    help = "Record the 20 provincial groups and their lead schools; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services.load_groups(actor=SYSTEM)} groups recorded")
