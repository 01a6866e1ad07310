"""What results plug in: signed documents that the database itself keeps, texts of notes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.triggers import Trigger, append_only, register
from backend.notify.selectors import register_text
from backend.people.enums import Role
from backend.ui import registry
from backend.ui.registry import acts
from competitions.contests.selectors import organised_events
from competitions.results.selectors import unsigned_by

DOCUMENT = (
    *("uid", "round_id", "number", "document", "document_sha256", "results", "results_sha256", "complete", "made_at"),
)

ACTS = {
    "tally.make": _("Tally drawn up"),
    "tally.sign": _("Tally signed"),
    "results.publish": _("Results published"),
    "results.promote": _("Teams entered for the next stage"),
}


def _todos(actor: Actor) -> list[registry.Todo]:
    """A signature that is missing, for the one who gives it; a signed result, for those who publish."""
    if actor.role in (Role.CHIEF_JUDGE, Role.SUPERVISOR):
        found = unsigned_by(actor)
        words = (_("Results to sign"), _("Sign"))
    else:
        found = list(organised_events(actor).filter(state="signed")[:20])
        words = (_("Signed results to publish"), _("Publish"))
    return [
        registry.Todo(
            title=words[0],
            link=reverse("results:sign_off", args=[event.code]),
            verb=words[1],
            note=f"{event.code} {event.name}",
            tone="warning",
            order=15,
            event_code=event.code,
        )
        for event in found
    ]


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    registry.todos("results", _todos)
    append_only("results_signature")
    append_only("results_publication")
    _keep_tallies("tallied documents are frozen")
    register_text("results.published", _("Results of %(event)s are published (no. %(number)s)."))
    register_text(
        "results.promoted", _("The team of %(event)s goes on to %(into)s. Its school checks the draft and submits it.")
    )
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
