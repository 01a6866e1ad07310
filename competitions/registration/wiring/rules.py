"""How many entries a new version of the rules concerns, told before it is adopted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.ui import registry
from competitions.contests.models import Edition, Event
from competitions.registration.selectors.entries import concerned_by


def plug_rules() -> None:
    registry.panel("rules", 10, _concerned)


def _concerned(actor: Actor, thing: Event | Edition) -> registry.Panel | None:
    counts = concerned_by(actor, thing)
    rows = [
        (_("Teams entered"), counts.entries),
        (_("Of them submitted"), counts.submitted),
        (_("Schools with teams"), counts.schools),
    ]
    event = thing if isinstance(thing, Event) else None
    return registry.Panel(_("Whom it concerns"), "registration/_concerned.html", {"rows": rows, "event": event})
