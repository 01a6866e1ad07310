"""Who arranges venues and books places."""

from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.models import Entry
from competitions.registration.permissions import coordinates

BOOKING = ("registering", "registered")  # states of an event in which a school books for its own teams


def may_arrange(actor: Actor, event: Event) -> bool:
    """Organisers of the event."""
    return may_organise(actor, event)


def may_book(actor: Actor, entry: Entry) -> bool:
    """Organisers at any time; the team's own school while registration is not settled."""
    event: Event = entry.event
    return may_arrange(actor, event) or (event.state in BOOKING and coordinates(actor, entry.school))
