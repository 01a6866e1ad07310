"""`manage.py create_officer NAME`: the first account of a production installation, with a one-time card."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.core.actor import SYSTEM
from backend.core.refs import Ref
from backend.people import services


class Command(BaseCommand):
    help = "Create a system officer and print a one-time card for the first password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account_name")
        parser.add_argument("--name", default="", help="display name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["account_name"]
        if User.objects.filter(account_name=name).exists():
            raise CommandError(f"an account named {name} exists already")
        user = accounts.create_account(actor=SYSTEM, account_name=name, display_name=options["name"])
        services.grant_role(actor=SYSTEM, user=user, role="sys_admin", scope=Ref("system", ""))
        card = accounts.issue_card(actor=SYSTEM, user=user, purpose="password")
        self.stdout.write(f"account {name} created; open /card/ within 72 hours and type {card.code}")
