"""The sealer's beat."""

from celery import shared_task

from backend.audit import services


@shared_task(name="audit.seal")
def seal() -> None:
    """Chain what was recorded since the last beat."""
    services.seal_entries()
