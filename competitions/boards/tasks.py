"""The timetable's entry point."""

from celery import shared_task

from competitions.boards import services


@shared_task(name="boards.keep_due_standings")
def keep_due_standings() -> None:
    """Freeze the boards whose moment has come."""
    services.keep_due_standings()
