"""How many teams a new version of the rules concerns and which would break it, told before it is adopted."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.ui import registry
from competitions.contests.models import Event
from competitions.contests.projections import Proposal
from competitions.registration.projections.proposing import breach_lines
from competitions.registration.selectors.entries import concerned_by
from competitions.registration.selectors.proposing import touched_by

PAGE = 50


def plug_rules() -> None:
    registry.panel("rules", 10, _concerned)
    registry.panel("rules", 20, _breaking)


def _concerned(actor: Actor, proposal: Proposal) -> registry.Panel | None:
    counts = concerned_by(actor, proposal.thing)
    rows = [
        (_("Teams entered"), counts.entries),
        (_("Of them submitted"), counts.submitted),
        (_("Schools with teams"), counts.schools),
    ]
    event = proposal.thing if isinstance(proposal.thing, Event) else None
    return registry.Panel(_("Whom it concerns"), "registration/_concerned.html", {"rows": rows, "event": event})


def _breaking(actor: Actor, proposal: Proposal) -> registry.Panel | None:
    """The teams that would break what changes, a page at a time."""
    touched = touched_by(actor, proposal)
    if not (touched.breaches or touched.asking):
        return None
    page = Paginator(touched.breaches, PAGE).get_page(proposal.page)
    context = {
        "page": page,
        "lines": breach_lines(page.object_list),
        "teams": len({breach.entry.pk for breach in touched.breaches}),
        "asking": touched.asking,
        "event": proposal.thing if isinstance(proposal.thing, Event) else None,
    }
    return registry.Panel(_("Who would break the new rules"), "registration/_breaking.html", context, wide=True)
