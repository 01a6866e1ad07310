"""`manage.py export_tabulation EVENT`: the event's tabulation/1 document, on codes only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.actor import SYSTEM
from backend.core.errors import NotFound
from backend.tabulation import canonical
from competitions.contests.models import Round
from competitions.contests.selectors import event_of
from competitions.scoring.selectors import tabulation_of


class Command(BaseCommand):
    help = "Write an event's tabulation/1 document (codes only); recompute it with `python -m backend.tabulation`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            event = event_of(SYSTEM, options["event"])
            round = Round.objects.select_related("event").filter(event=event).latest("number")
            self.stdout.write(canonical(tabulation_of(round)).decode())
        except (NotFound, LookupError) as error:
            raise CommandError(str(error), returncode=2) from error
