"""The demo season's check-in: a session that begins soon, two desks, people inside, missing, refused, in twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from backend.accounts import services as accounts
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.people.selectors import actor_for
from competitions.contests.models import Event
from competitions.registration import services as registration
from competitions.registration.models import EntryCard
from competitions.venues import services as venues
from competitions.venues.enums import Paper
from competitions.venues.services import Scan

DESKS = (("desk1", "北门检录台"), ("desk2", "南门检录台"))
PAPERS = tuple(str(paper) for paper in Paper)


def load(organiser: Actor, event: Event, password: str) -> None:
    """Everything of one morning at the doors of an event whose registration has closed."""
    registration.issue_cards(actor=organiser, event=event)
    begins = clock.now() + timedelta(minutes=20)
    hall = venues.add_stations(actor=organiser, event=event, venue_name="二号厅", stations="B01-B12")[0].venue
    session = venues.add_session(
        actor=organiser,
        round=event.rounds.get(),
        venue=hall,
        name="第一场",
        starts_at=begins,
        ends_at=begins + timedelta(hours=4),
    )
    north, south = [_desk(organiser, event, name, shown, password) for name, shown in DESKS]
    cards = EntryCard.objects.filter(member__event=event, member__role="contestant").order_by("pk")
    coming = list(cards.select_related("member")[:13])
    scans = [
        Scan(
            client_id=uuid4(),
            verdict="admitted",
            scanned_at=clock.now(),
            member=card.member.uid,
            card=card.uid,
            session=session.uid,
            method="qr",
            papers=PAPERS,
        )
        for card in coming[:12]
    ]
    turned = Scan(
        client_id=uuid4(),
        verdict="refused",
        scanned_at=clock.now(),
        member=coming[12].member.uid,
        session=session.uid,
        reasons=("no_student_card",),
        papers=("id_card", "participation_card"),
    )
    venues.record_scans(actor=north, event=event, scans=[*scans[:7], turned])
    again = Scan(uuid4(), "admitted", clock.now(), coming[2].member.uid, session=session.uid, papers=PAPERS)
    venues.record_scans(actor=south, event=event, scans=[*scans[7:], again])


def _desk(organiser: Actor, event: Event, name: str, shown: str, password: str) -> Actor:
    grant = venues.add_desk(actor=organiser, event=event, name=shown, account_name=name)
    accounts.set_password(actor=SYSTEM, user=grant.user, password=password)
    return actor_for(grant.user, grant_uid=str(grant.uid))
