"""What results plug in: signatures and publications are append-only in the database itself."""

from backend.core.triggers import append_only


def plug() -> None:
    """Called once when the apps are ready."""
    append_only("results_signature")
    append_only("results_publication")
