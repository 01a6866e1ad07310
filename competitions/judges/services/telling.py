"""News for the judges of an event: other days, a new version of the programme, a seat that is closed."""

from __future__ import annotations

from backend.accounts.models import User
from backend.notify.services import send_note
from competitions.contests.models import Event, Postponement
from competitions.judges.models import Seat
from competitions.judges.selectors.telling import judges_of
from competitions.venues import services as venues
from competitions.venues.enums import Audience
from competitions.venues.models import Programme

OF_JUDGES = frozenset({Audience.JUDGES, Audience.PUBLIC})


def tell_of_postponement(*, postponement: Postponement, events: list[Event]) -> int:
    """Everybody who judges one of the events learns the new day and the reason; returns how many."""
    told = 0
    for event in events:
        params = {"event": event.name, "day": postponement.after["starts_on"], "reason": postponement.reason}
        told += send_note(
            recipients=judges_of(event), kind="event.postponed", params=params, link=f"/events/{event.code}/"
        )
    return told


def tell_of_programme(*, programme: Programme, before: Programme | None) -> int:
    """Judges hear of a version that has or, after the first, changes something for them; returns how many."""
    return venues.tell_of_programme(
        recipients=judges_of(programme.event), programme=programme, before=before, readers=OF_JUDGES
    )


def tell_of_schedule(*, event: Event, user: User) -> int:
    """Whoever joins the judges after the programme was published gets what the others got; returns how many."""
    newest = Programme.objects.filter(event=event).order_by("-number").first()
    if newest is None:
        return 0
    return venues.tell_of_programme(recipients=[user], programme=newest, before=None, readers=OF_JUDGES)


def tell_of_closed_seat(seat: Seat) -> int:
    """Whoever sat there learns that the seat needs nobody any more."""
    if seat.user is None:
        return 0
    event = seat.panel.round.event
    params = {"event": event.name, "seat": seat.number}
    return send_note(recipients=[seat.user], kind="seat.closed", params=params, link=f"/events/{event.code}/")
