"""The timetable's entry point."""

from celery import shared_task

from realtime import projector


@shared_task(name="realtime.sweep")
def sweep() -> None:
    """Project what a dead process left touched."""
    projector.sweep()
