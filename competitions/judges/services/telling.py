"""News for single judges of an event: the programme when they join, a seat that is closed."""

from __future__ import annotations

from backend.accounts.models import User
from backend.notify.services import send_note
from competitions.contests.models import Event
from competitions.judges.models import Seat
from competitions.venues import services as venues
from competitions.venues.models import Programme


def tell_of_schedule(*, event: Event, user: User) -> int:
    """Whoever joins the judges after the programme was published gets what the others got; returns how many."""
    newest = Programme.objects.filter(event=event).order_by("-number").first()
    if newest is None:
        return 0
    return venues.tell_judge(user=user, programme=newest)


def tell_of_closed_seat(seat: Seat) -> int:
    """Whoever sat there learns that the seat needs nobody any more."""
    if seat.user is None:
        return 0
    event = seat.panel.round.event
    params = {"event": event.name, "seat": seat.number}
    return send_note(recipients=[seat.user], kind="seat.closed", params=params, link=f"/events/{event.code}/")
