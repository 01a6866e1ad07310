"""The house stands: no migration is missing and every trigger is installed."""

import pytest
from django.core.management import call_command
from django.db import connection

from backend.core import triggers


@pytest.mark.django_db
@pytest.mark.postgres
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.postgres
def test_every_registered_trigger_stands() -> None:
    assert triggers.standing() == triggers.expected(connection.vendor)
