"""The timetable's entry point."""

from celery import shared_task

from realtime import projector


@shared_task(name="realtime.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Project what a dead process left touched."""
    projector.sweep()
