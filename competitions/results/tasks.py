"""What follows a publication."""

from backend.core.later import task
from competitions.results import services


@task("results.issue_certificates")
def issue_certificates(publication_uid: str) -> None:
    """Certificates for the winners; safe to repeat."""
    services.issue_certificates(publication_uid=publication_uid)
