"""`manage.py load_families`: record the families of contests."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.core.actor import SYSTEM
from competitions.contests import services


class Command(BaseCommand):
    help = "Record the families of contests with their levels and divisions; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services.load_families(actor=SYSTEM)} families recorded")
