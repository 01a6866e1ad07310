"""What the issuing office plugs in: its menu entries, and facts that the database itself keeps frozen."""

from django.utils.translation import gettext_lazy as _

from backend.core.triggers import Trigger, register
from backend.ui.registry import MenuItem, menu
from certificates.credentials.permissions import may_list

FROZEN = (
    *("uid", "token", "kind", "issuer_key", "issuer_name", "year", "serial", "number", "issued_on", "claim_key"),
    *("holder_name_sealed", "facts_sealed", "facts_sha256", "rests_on_kind", "rests_on_key"),
)


def plug() -> None:
    """Called once when the apps are ready."""
    menu(MenuItem("certificates", _("Certificates"), lambda actor: "/certificates/", order=600, shown=may_list))
    menu(MenuItem("verify", _("Check a certificate"), lambda actor: "/verify/", order=700, shown=lambda actor: True))
    changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in FROZEN)
    text = "issued facts are frozen"
    register(
        Trigger(
            name="credentials_credential_frozen",
            table="credentials_credential",
            when="BEFORE UPDATE",
            sqlite=f"SELECT RAISE(ABORT, '{text}');",
            postgres=f"IF {changed} THEN RAISE EXCEPTION '{text}'; END IF;",
            condition=changed,
        )
    )
