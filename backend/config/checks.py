"""Refuse to start with a wrong set-up: one clear line for each fault on stderr, exit code 2."""

from __future__ import annotations

import os
import sys

PLACEHOLDERS = ("change-me", "changeme", "secret", "password", "django-insecure", "your-secret")
KEY_HELP = 'python -c "import secrets; print(secrets.token_urlsafe(48))"'
BYTES_HELP = 'python -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"'


def problems_of_environment() -> list[str]:
    """What is wrong with the environment of a production start; nothing is checked in embedded mode."""
    from backend.config import settings

    if settings.EMBEDDED:
        if settings.PROCESSES > 1:
            return ["PROCESSES is above 1 without DATABASE_URL: embedded mode is one process; set DATABASE_URL"]
        return []
    found = []
    if settings.DEBUG:
        found.append("DEBUG is on: it shows the inside to everybody; unset DEBUG")
    found += _problems_of_keys()
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append("ALLOWED_HOSTS is empty or *: name the host names of this installation, separated by commas")
    if settings.PROCESSES > 1 and not settings.REDIS_URL:
        found.append(
            f"PROCESSES={settings.PROCESSES} without REDIS_URL: boards of one process would not hear the others"
        )
    return found


def _problems_of_keys() -> list[str]:
    from backend.config import settings

    found = []
    secret = settings.SECRET_KEY
    if not secret:
        found.append(f"SECRET_KEY is empty; make one with: {KEY_HELP}")
    elif len(secret) < 32 or secret.lower().startswith(PLACEHOLDERS):
        found.append(f"SECRET_KEY is a placeholder or shorter than 32 characters; make one with: {KEY_HELP}")
    if not settings.FIELD_KEYS:
        found.append(
            f"FIELD_KEYS is empty: personal values cannot be sealed; set it to a:KEY with KEY from: {BYTES_HELP}"
        )
    elif any(len(key) != 32 for _, key in settings.FIELD_KEYS):
        found.append(f"FIELD_KEYS holds a key that is not 32 bytes long; make one with: {BYTES_HELP}")
    if len(settings.INDEX_KEY) < 32:
        found.append(f"INDEX_KEY is empty or shorter than 32 bytes; make one with: {BYTES_HELP}")
    return found


def is_migrated() -> bool:
    """Whether every migration has been applied; much quicker than `migrate` with nothing to do."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def problems_of_database() -> list[str]:
    """Whether the database is there, migrated, and was filled with these keys; its first start records them."""
    from django.db import DatabaseError, connection

    from backend.core import vault
    from backend.core.models import Installation

    try:
        if not is_migrated():
            return ["The database is not up to date; run: python manage.py migrate"]
        row, _ = Installation.objects.get_or_create(pk=1, defaults={"fingerprint": vault.fingerprints()[0]})
    except DatabaseError as error:
        return [f"The database does not answer: {str(error).strip().splitlines()[0]}"]
    finally:
        connection.close()
    if row.fingerprint not in vault.fingerprints():
        where = "FIELD_KEYS and INDEX_KEY" if os.environ.get("INDEX_KEY") else "the keys in STATE_DIR"
        return [f"This database was filled with other keys: {where} do not open it; give it its own keys back"]
    return []


def problems_of_assets() -> list[str]:
    """Whether scripts and certificate fonts are in the state folder; without fonts every certificate is held back."""
    from backend.config import settings

    if (settings.STATE_DIR / "vendor" / "fonts").exists():
        return []
    return [f"Fonts and front-end assets are not in {settings.STATE_DIR}; run with the same STATE_DIR: make install"]


def say(problems: list[str]) -> None:
    for problem in problems:
        print(f"Cannot start: {problem}", file=sys.stderr, flush=True)


def refuse(problems: list[str]) -> None:
    """Exit with 2, a line for each problem, when there is any."""
    if problems:
        say(problems)
        raise SystemExit(2)


def refuse_bad_environment() -> None:
    """Before anything else is read: whether the environment is right; needs no Django."""
    refuse(problems_of_environment())


def refuse_bad_start() -> None:
    """The same with assets and database; Django must be set up."""
    refuse(problems_of_environment() or [*problems_of_assets(), *problems_of_database()])
