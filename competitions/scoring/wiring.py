"""What scoring plugs in: marks and confirmations are append-only in the database itself."""

from backend.core.triggers import append_only


def plug() -> None:
    """Called once when the apps are ready."""
    append_only("scoring_mark")
    append_only("scoring_confirmation")
    append_only("scoring_rescore")
