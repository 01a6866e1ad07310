"""Who arranges venues, books places, and checks in."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
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


def may_check_in(actor: Actor, event: Event) -> bool:
    """The event's check-in desks, and its organisers."""
    return actor.holds(Role.CHECKIN_OFFICER, ScopeKind.EVENT, event.code) or may_organise(actor, event)


def may_follow_arrivals(actor: Actor, event: Event) -> bool:
    """See who is missing, settle conflicts, set up desks: organisers."""
    return may_organise(actor, event)
