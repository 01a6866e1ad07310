"""What the registration room does after commit and by night."""

from __future__ import annotations

from celery import shared_task

from backend.core.later import task
from competitions.registration import services


@task("registration.check_import")
def check_import(entry_import: str) -> None:
    """Check a staged workbook."""
    services.check_import(entry_import=entry_import)


@shared_task(name="registration.purge_imports")
def purge_imports() -> None:
    """Delete the files and rows of imports whose time is over."""
    services.purge_imports()


@shared_task(name="registration.flag_short_events")
def flag_short_events() -> None:
    """Flag events whose registration ended with too few teams."""
    services.flag_short_events()
