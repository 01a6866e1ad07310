"""What the issuing office plugs in: its menu entries, and facts that the database itself keeps frozen."""

from django.utils.translation import gettext_lazy as _

from backend.core.triggers import Trigger, register
from backend.people.selectors import Counter, counter
from backend.ui.registry import MenuItem, acts, menu, states
from certificates.credentials.permissions import may_list
from certificates.credentials.selectors import issued_between

FROZEN = (
    *("uid", "token", "kind", "issuer_key", "issuer_name", "year", "serial", "number", "issued_on", "claim_key"),
    *("holder_name_sealed", "facts_sealed", "facts_sha256", "rests_on_kind", "rests_on_key"),
    *("public_facts", "event_code", "holder_id"),
)


ACTS = {
    "credential.issue": _("Certificate issued"),
    "credential.reissue": _("Certificate issued anew"),
    "credential.revoke": _("Certificate revoked"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    counter(Counter("credentials.issued", _("Certificates issued"), _("certificates"), issued_between))
    states("holding", {"credentials.credential": (_("Certificates"), "")})
    acts(ACTS)
    menu(MenuItem("certificates", _("Certificates"), lambda a: "/certificates/", 600, "certificate", shown=may_list))
    menu(MenuItem("verify", _("Check a certificate"), lambda a: "/verify/", 700, "shield", shown=lambda a: True))
    _freeze("issued facts are frozen")


def _freeze(text: str) -> None:
    """Only state, end, reason and replacement of a certificate may change, and no row may go."""
    table, abort = "credentials_credential", f"SELECT RAISE(ABORT, '{text}');"
    register(
        Trigger(
            name=f"{table}_frozen",
            table=table,
            when="BEFORE UPDATE",
            sqlite=abort,
            postgres=f"IF {_changed('IS DISTINCT FROM')} THEN RAISE EXCEPTION '{text}'; END IF;",
            condition=_changed("IS NOT"),
        )
    )
    for event in ("DELETE", "TRUNCATE"):
        register(
            Trigger(
                name=f"{table}_no_{event.lower()}",
                table=table,
                when=f"BEFORE {event}",
                sqlite=abort if event == "DELETE" else "",
                postgres=f"RAISE EXCEPTION '{text}';",
                per_row=event == "DELETE",
            )
        )


def _changed(differs: str) -> str:
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in FROZEN)
