"""What is done with documents by night."""

from celery import shared_task

from backend.documents import services


@shared_task(name="documents.purge")
def purge_documents() -> None:
    """Delete the bytes of documents whose time is over."""
    services.purge()
