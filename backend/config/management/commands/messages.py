"""`manage.py messages`: collect every room's texts into its catalogue and compile; `--check` says what is stale."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.config import texts


class Command(BaseCommand):
    help = "Collect and compile the translations of all rooms"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is missing, fuzzy or not compiled")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        found = catalogues(settings.BASE_DIR)
        if not check:
            for path in found:
                renew(path)
        wrong = [line for path in found for line in complaints(path)] + unheard(found)
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{len(found)} catalogues are complete and compiled")


def catalogues(root: Path) -> list[Path]:
    return sorted(p for package in texts.PACKAGES for p in (root / package).rglob("locale/*/LC_MESSAGES/django.po"))


def complaints(path: Path) -> list[str]:
    """What is wrong with one catalogue; its compiled file must hold exactly its texts."""
    import polib

    name = path.relative_to(settings.BASE_DIR)
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    found = [f"{name}: fuzzy: {entry.msgid[:60]!r}" for entry in entries if entry.fuzzy]
    found += [f"{name}: not translated: {e.msgid[:60]!r}" for e in entries if not e.translated() and not e.fuzzy]
    compiled = path.with_suffix(".mo")
    held = held_by(polib.mofile(str(compiled))) if compiled.exists() else {}
    if held != held_by(entry for entry in entries if entry.translated()):
        found.append(f"{name}: the compiled file is not of this text; run: make messages")
    return found


def unheard(found: Iterable[Path]) -> list[str]:
    """Texts of the sources that no catalogue holds, or that two rooms translate differently."""
    import polib

    return texts.untold(settings.BASE_DIR, [polib.pofile(str(path)) for path in found])


def held_by(entries: Iterable[Any]) -> dict[tuple[str, str], Any]:
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


def renew(path: Path) -> None:
    """Collect the room's texts anew (needs gettext) and compile."""
    import polib

    room, language = path.parents[3], path.parents[1].name
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    collect = [*manage, "makemessages", "--locale", language, "--no-location", "--no-obsolete", "-v", "0"]
    subprocess.run(collect, cwd=room, env=environment, check=True)
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
