"""`manage.py create_officer`: the first account of a production installation, with a one-time card."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.accounts.errors import AccountNameTaken
from backend.core.actor import SYSTEM
from backend.core.refs import Ref
from backend.people import services
from backend.people.enums import Role
from backend.people.models import Group

ROLES = [Role.SYS_ADMIN, Role.GROUP_SECRETARY, Role.ORGANISER]


class Command(BaseCommand):
    help = "Create an officer and print a one-time card for the first password; asks for what is not given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account_name", nargs="?", default="")
        parser.add_argument("--name", default="", help="display name")
        parser.add_argument("--role", default=Role.SYS_ADMIN, choices=[str(role) for role in ROLES])
        parser.add_argument("--group", default="", help="code of the group, 01 to 20; for every role but sys_admin")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["account_name"] or input("account name: ").strip()
        if not name:
            raise CommandError("an account needs a name")
        try:
            made = services.appoint(
                actor=SYSTEM,
                account_name=name,
                display_name=options["name"],
                role=options["role"],
                scope=self.scope(options["role"], options["group"]),
            )
        except AccountNameTaken as error:
            raise CommandError(f"an account named {name} exists already") from error
        assert made.card is not None
        self.stdout.write(f"account {name} created; open /card/ within 72 hours and type {made.card.code}")

    @staticmethod
    def scope(role: str, code: str) -> Ref:
        if role == Role.SYS_ADMIN:
            return Ref("system", "")
        group = Group.objects.filter(code=code or input("group code (01 to 20): ").strip()).first()
        if group is None:
            raise CommandError("no such group; run load_groups first and give --group 01 to 20")
        return group.ref
