"""What results plug in: signed documents that the database itself keeps, texts of notes."""

from django.utils.translation import gettext_lazy as _

from backend.core.triggers import Trigger, append_only, register
from backend.notify.selectors import register_text
from backend.ui.registry import acts

DOCUMENT = (
    *("uid", "round_id", "number", "document", "document_sha256", "results", "results_sha256", "complete", "made_at"),
)

ACTS = {
    "tally.make": _("Tally drawn up"),
    "tally.sign": _("Tally signed"),
    "results.publish": _("Results published"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    append_only("results_signature")
    append_only("results_publication")
    _keep_tallies("tallied documents are frozen")
    register_text("results.published", _("Results of %(event)s are published (no. %(number)s)."))
    register_text(
        "certificates.held",
        _("%(n)s certificates of %(event)s are not issued: the font lacks characters of the names (%(characters)s)."),
    )


def _keep_tallies(text: str) -> None:
    """A tally may end; its document never changes and never goes."""
    table, abort = "results_tally", f"SELECT RAISE(ABORT, '{text}');"
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
    register(
        Trigger(
            name=f"{table}_no_delete",
            table=table,
            when="BEFORE DELETE",
            sqlite=abort,
            postgres=f"RAISE EXCEPTION '{text}';",
        )
    )


def _changed(differs: str) -> str:
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in DOCUMENT)
