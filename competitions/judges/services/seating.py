"""Panels and seats by hand; a seat's holder signs in with a printed card."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.notify import services as notify
from backend.people import services as people
from backend.people.models import Grant, Organisation
from competitions.contests.models import Event, Round
from competitions.judges.errors import SeatIsClosed, SeatsAreSettled
from competitions.judges.models import Judge, Panel, Seat
from competitions.judges.permissions import may_build_panels
from competitions.judges.services.telling import tell_of_closed_seat, tell_of_schedule
from competitions.venues import services as venues
from competitions.venues.models import CalendarLink

SEATING = ("draft", "registering", "registered", "drawn")  # states in which panels still take seats


@transaction.atomic
def add_panel(*, actor: Actor, round: Round, name: str) -> Panel:
    """A panel of a round; the same name again is the same panel."""
    require(may_build_panels(actor, round.event))
    panel, made = Panel.objects.get_or_create(round=round, name=name.strip())
    if made:
        audit.record(actor=actor, action="panel.add", subject=_ref(panel), event_code=round.event.code)
    return panel


def _ref(panel: Panel) -> Ref:
    return Ref("panel", str(panel.uid), panel.name)


@transaction.atomic
def add_seat(
    *,
    actor: Actor,
    panel: Panel,
    display_name: str,
    unit: Organisation | None = None,
    records: bool = False,
    account_name: str = "",
    judge: Judge | None = None,
    email: str = "",
) -> Seat:
    """A judge's seat with an account of its own that signs in by card. email: where news go, the judge's by default.

    While no other does, a new seat records measurements.
    Raises SeatsAreSettled once scoring is open: sheets are laid out by then, and marks rest on who records.
    """
    panel = Panel.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=panel.pk)
    event = panel.round.event
    require(may_build_panels(actor, event))
    if event.state not in SEATING:
        raise SeatsAreSettled
    live = Seat.objects.filter(panel=panel, duty="judge", ended_at=None)
    if records:
        live.filter(records=True).update(records=False)
    records = records or not live.filter(records=True).exists()
    seat = Seat(panel=panel, unit=unit, judge=judge, records=records)
    return _seat(actor, panel, seat, display_name, account_name=account_name, email=email or address_of(judge))


def address_of(judge: Judge | None) -> str:
    """Where somebody of the pool is reached: as recorded there, else at the own account."""
    if judge is None:
        return ""
    user = judge.person.canonical.user
    return judge.reveal("email") or (user.email if user is not None else "")


def _seat(
    actor: Actor, panel: Panel, seat: Seat, display_name: str, *, account_name: str = "", email: str = ""
) -> Seat:
    """The seat under the round's next number, with an account of its own that holds nothing else."""
    event = panel.round.event
    last = Seat.objects.filter(panel__round=panel.round, duty="judge").aggregate(n=Max("number"))["n"]
    seat.number = (last or 0) + 1
    seat.user = accounts.create_account(
        actor=actor, account_name=account_name or f"seat-{seat.uid.hex[:12]}", display_name=display_name.strip()[:60]
    )
    seat.save()
    label = f"{event.name} {seat.number}"
    if email:
        notify.record_address(actor=actor, user=seat.user, email=email)
    grant = people.grant_role(actor=actor, user=seat.user, role="judge", scope=Ref("seat", str(seat.uid), label))
    venues.give_calendars(grants=[grant])
    audit.record(actor=actor, action="seat.add", subject=seat.ref, event_code=event.code)
    tell_of_schedule(event=event, user=seat.user)
    return seat


@transaction.atomic
def appoint(*, actor: Actor, event: Event, user: User, duty: str) -> Grant:
    """Make an account the event's chief judge or supervisor. duty: `chief` or `supervisor`."""
    require(may_build_panels(actor, event))
    role = {"chief": "chief_judge", "supervisor": "supervisor"}[duty]
    grant = people.grant_role(actor=actor, user=user, role=role, scope=event.ref)
    venues.give_calendars(grants=[grant])
    tell_of_schedule(event=event, user=user)
    return grant


@transaction.atomic
def renew_calendar(*, actor: Actor, seat: Seat) -> CalendarLink:
    """A new secret calendar link for who sits there; a former one opens nothing any more. Raises SeatIsClosed."""
    require(may_build_panels(actor, seat.panel.round.event))
    grant = Grant.objects.filter(scope_kind="seat", scope_key=str(seat.uid), ended_at=None).first()
    if grant is None:
        raise SeatIsClosed
    return venues.renew_calendar(actor=actor, grant=grant)


@transaction.atomic
def print_card(*, actor: Actor, seat: Seat) -> accounts.CardSecret:
    """A one-time card for a seat; a former unused card ends."""
    require(may_build_panels(actor, seat.panel.round.event))
    assert seat.user is not None
    return accounts.issue_card(actor=actor, user=seat.user, purpose="seat")


@transaction.atomic
def end_seat(*, actor: Actor, seat: Seat) -> None:
    """Close a seat before its panel scores: its role ends at once.

    Raises SeatsAreSettled while scoring: the seat has sheets then, which go to a successor or are voided first.
    """
    rounds = Round.objects.select_for_update(of=("self",)).select_related("event")  # opening of scoring locks it too
    event = rounds.get(panels__seats=seat).event
    require(may_build_panels(actor, event))
    if event.state == "scoring":
        words = _("Scoring is open and this seat has sheets: hand them over or void them, then it closes.")
        raise SeatsAreSettled(words, link=f"/events/{event.code}/scoring/seats/{seat.uid}/")
    _close(actor, seat)


def _close(actor: Actor, seat: Seat) -> None:
    # an ended recorder stays the recorder of the marks that it gave
    Seat.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=clock.now())
    for grant in Grant.objects.filter(scope_kind="seat", scope_key=str(seat.uid), ended_at=None):
        people.end_role(actor=actor, grant=grant)
    audit.record(actor=actor, action="seat.end", subject=seat.ref, event_code=seat.panel.round.event.code)
    tell_of_closed_seat(seat)


@transaction.atomic
def succeed_seat(*, actor: Actor, seat: Seat, display_name: str, email: str = "") -> Seat | None:
    """Close a seat whose panel is scoring, and seat its successor in the same duty; no name: nobody follows.

    email: where the successor is told of the seat and sent the schedule.
    Only scoring calls this, where the seat's sheets are handed over with it. Raises SeatIsClosed, NotAllowed.
    """
    panel = Panel.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=seat.panel_id)
    event = panel.round.event
    require(may_build_panels(actor, event))
    seat.refresh_from_db(fields=["ended_at"])
    if seat.ended_at is not None:
        raise SeatIsClosed
    _close(actor, seat)
    if not display_name.strip():
        return None
    follower = Seat(panel=panel, records=seat.records, succeeds=seat)
    return _seat(actor, panel, follower, display_name, email=email)


@transaction.atomic
def appoint_named(*, actor: Actor, event: Event, account_name: str, duty: str) -> Grant:
    """The same by account name; NotFound when there is no such account."""
    user = User.objects.filter(account_name=account_name, is_active=True).first()
    if user is None:
        raise NotFound
    return appoint(actor=actor, event=event, user=user, duty=duty)
