"""What the audit plugs in: its tables are append-only in the database itself."""

from backend.core.triggers import append_only


def plug() -> None:
    """Called once when the apps are ready."""
    append_only("audit_auditentry")
    append_only("audit_auditseal")
