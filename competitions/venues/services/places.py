"""Venues, stations and sessions by hand."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.core.refs import Ref
from competitions.contests.models import Event, Round
from competitions.venues.errors import ScheduleSettled, SessionInUse
from competitions.venues.models import Session, Station, Venue
from competitions.venues.permissions import may_arrange

RANGE = re.compile(r"^([A-Z]{0,3})(\d{1,3})\s*[-–~～]\s*([A-Z]{0,3})(\d{1,3})$")
MOST = 500
OVER = ("tallied", "signed", "published")


def station_range(text: str) -> list[str]:
    """`A01–A24` as its 24 codes, `A07` as one; Invalid for anything else."""
    word = text.strip().upper()
    found = RANGE.match(word)
    if found is None:
        if re.fullmatch(r"[A-Z0-9]{1,10}", word):
            return [word]
        raise Invalid({"stations": _("Write one station like A07 or a range like A01–A24.")})
    letter, first, other, last = found.groups()
    if other not in ("", letter) or int(last) < int(first) or int(last) - int(first) >= MOST:
        raise Invalid({"stations": _("The range must run upwards within one letter.")})
    return [f"{letter}{n:0{len(first)}d}" for n in range(int(first), int(last) + 1)]


@transaction.atomic
def add_stations(*, actor: Actor, event: Event, venue_name: str, stations: str) -> list[Station]:
    """A venue (made when new) and its stations; codes that stand already stay."""
    require(may_arrange(actor, event))
    if not venue_name.strip():
        raise Invalid({"venue_name": _("The venue needs a name.")})
    codes = station_range(stations)
    venue, _made = Venue.objects.get_or_create(event=event, name=venue_name.strip()[:60])
    Station.objects.bulk_create([Station(venue=venue, code=c) for c in codes], ignore_conflicts=True)
    subject = Ref("venue", str(venue.uid), venue.name)
    audit.record(actor=actor, action="stations.add", subject=subject, event_code=event.code, count=len(codes))
    return list(Station.objects.filter(venue=venue).order_by("code"))


@transaction.atomic
def add_session(
    *, actor: Actor, round: Round, venue: Venue, name: str, starts_at: datetime, ends_at: datetime
) -> Session:
    """A time slot of a round in a venue of the same event."""
    require(may_arrange(actor, round.event))
    _check_session(round, venue, starts_at, ends_at)
    session = Session.objects.create(
        round=round, venue=venue, name=name.strip()[:40], starts_at=starts_at, ends_at=ends_at
    )
    subject = Ref("session", str(session.uid), session.name)
    audit.record(actor=actor, action="session.add", subject=subject, event_code=round.event.code)
    return session


def _check_session(round: Round, venue: Venue, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at or venue.event_id != round.event_id:
        raise Invalid({"ends_at": _("A session ends after it starts, in a venue of its event.")})


@transaction.atomic
def change_session(
    *, actor: Actor, session: Session, venue: Venue, name: str, starts_at: datetime, ends_at: datetime
) -> Session:
    """Another time, venue or name, until scoring is over. Raises ScheduleSettled, Invalid, NotAllowed."""
    session = _standing(actor, session)
    _check_session(session.round, venue, starts_at, ends_at)
    before = [session.starts_at, session.ends_at]
    session.venue, session.name, session.starts_at, session.ends_at = venue, name.strip()[:40], starts_at, ends_at
    session.save(update_fields=["venue", "name", "starts_at", "ends_at"])
    audit.record(
        actor=actor,
        action="session.change",
        subject=Ref("session", str(session.uid), session.name),
        event_code=session.round.event.code,
        before=[moment.isoformat() for moment in before],
        after=[starts_at.isoformat(), ends_at.isoformat()],
    )
    return session


@transaction.atomic
def remove_session(*, actor: Actor, session: Session) -> None:
    """Take a session away while nothing rests on it. Raises SessionInUse, ScheduleSettled, NotAllowed."""
    session = _standing(actor, session)
    subject = Ref("session", str(session.uid), session.name)
    try:
        session.delete()
    except ProtectedError as error:
        raise SessionInUse from error
    audit.record(actor=actor, action="session.remove", subject=subject, event_code=session.round.event.code)


def _standing(actor: Actor, session: Session) -> Session:
    """The session, locked, of an event whose scoring is not over."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("round__event")
    found = rows.filter(pk=session.pk).first()
    if found is None:
        raise NotFound
    require(may_arrange(actor, found.round.event))
    if found.round.event.state in OVER:
        raise ScheduleSettled
    return found
