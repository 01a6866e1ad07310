"""Venues, stations and sessions by hand."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.core.refs import Ref
from competitions.contests.models import Event, Round
from competitions.venues.models import Session, Station, Venue
from competitions.venues.permissions import may_arrange

RANGE = re.compile(r"^([A-Z]{0,3})(\d{1,3})\s*[-–~～]\s*([A-Z]{0,3})(\d{1,3})$")
MOST = 500


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
    if ends_at <= starts_at or venue.event_id != round.event_id:
        raise Invalid({"ends_at": _("A session ends after it starts, in a venue of its event.")})
    session = Session.objects.create(
        round=round, venue=venue, name=name.strip()[:40], starts_at=starts_at, ends_at=ends_at
    )
    subject = Ref("session", str(session.uid), session.name)
    audit.record(actor=actor, action="session.add", subject=subject, event_code=round.event.code)
    return session
