"""What the issuing office does after commit."""

from typing import Any

from backend.core.later import task
from certificates.credentials import services


@task("credentials.end_many")
def end_many(verb: str, credentials: list[str], order: str, reason: str, by: dict[str, Any]) -> None:
    """Revoke or reissue many certificates; safe to repeat."""
    services.carry_out(verb=verb, credentials=credentials, order=order, reason=reason, by=by)
