"""An event on its day: teams that take part, their cards, a session, and desks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.people.selectors import actor_for
from competitions.contests.models import Event
from competitions.registration import services as registration
from competitions.registration.models import Entry, EntryCard, Member
from competitions.venues import services
from competitions.venues.models import Session
from competitions.venues.services import Scan
from tests.factories import organisation
from tests.registration.world import team

PAPERS = ("id_card", "student_card", "participation_card")


def expected(organiser: Actor, event: Event, schools: int = 2) -> list[EntryCard]:
    """Teams of three of so many schools, submitted and with cards; the event is registered."""
    drafts = [team(organisation(f"第{n}职业学院"), 100 + 3 * n) for n in range(schools)]
    for entry in registration.enter_many(actor=organiser, event=event, drafts=drafts):
        Entry.objects.filter(pk=entry.pk).update(state="submitted", submitted_at=clock.now())
    Event.objects.filter(pk=event.pk).update(state="registered")
    event.refresh_from_db()
    registration.issue_cards(actor=organiser, event=event)
    return list(EntryCard.objects.filter(member__event=event).select_related("member").order_by("pk"))


def session_at(organiser: Actor, event: Event, starts_at: datetime) -> Session:
    station = services.add_stations(actor=organiser, event=event, venue_name="一号厅", stations="A01-A09")[0]
    return services.add_session(
        actor=organiser,
        round=event.rounds.get(),
        venue=station.venue,
        name="上午场",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
    )


def desk(organiser: Actor, event: Event, name: str) -> Actor:
    """A desk of the event, as the Actor it acts as."""
    grant = services.add_desk(actor=organiser, event=event, name=name)
    return actor_for(User.objects.get(pk=grant.user_id), grant_uid=str(grant.uid), bound=True)


def scan(member: Member | None, **fields: Any) -> Scan:
    """Somebody is let in with all papers, unless said otherwise."""
    known: dict[str, Any] = {
        "client_id": uuid4(),
        "verdict": "admitted",
        "scanned_at": clock.now(),
        "papers": PAPERS,
        "member": member.uid if member else None,
    }
    return Scan(**(known | fields))
