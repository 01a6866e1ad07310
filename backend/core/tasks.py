"""The queue's two entry points."""

from celery import shared_task

from backend.core import later


@shared_task(name="core.run_job")
def run_job(uid: str) -> None:
    """Run one durable job."""
    later.run(uid)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    """Re-queue what was lost."""
    later.sweep()
