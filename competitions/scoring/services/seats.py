"""Closing a judge's seat while scoring, so that the round can still close."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.services import CardSecret
from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from competitions.judges import services as judges
from competitions.judges.models import Seat
from competitions.scoring.errors import HandoverRefused, ScoringClosed
from competitions.scoring.models import Sheet
from competitions.scoring.permissions import may_replace
from competitions.scoring.services.closing import close_sheets
from competitions.scoring.services.marking import tell_boards
from competitions.scoring.services.submitting import meet_when_all_are_in


@dataclass(frozen=True, slots=True)
class Handover:
    """What became of a closed seat. sheets: how many were passed on, or voided where `seat` is None."""

    sheets: int
    seat: Seat | None = None
    card: CardSecret | None = None


@transaction.atomic
def replace_seat(*, actor: Actor, seat_uid: UUID, successor: str, reason: str, email: str = "") -> Handover:
    """Close a seat while scoring: its open sheets pass to the named successor, or are voided when none is named.

    email: where the successor is sent the schedule, "" where it is handed over in person.
    What the seat submitted still counts; its marks on open sheets stay in the record and count no more.
    Raises HandoverRefused naming the field, ScoringClosed, SeatIsClosed, NotAllowed, NotFound.
    """
    seat = Seat.objects.select_related("panel__round__event").filter(uid=seat_uid, duty="judge").first()
    if seat is None:
        raise NotFound
    event = seat.panel.round.event
    panel = _locked(seat)
    require(may_replace(actor, event), _("Only the organisers close a judge's seat."))
    if event.state != "scoring":
        raise ScoringClosed
    _check(seat, successor, reason)
    follower = judges.succeed_seat(actor=actor, seat=seat, display_name=successor, email=email)
    waiting = [s for s in panel if s.seat_id == seat.pk and s.state == "open"]
    close_sheets(waiting, follower, reason)
    audit.record(
        actor=actor,
        action="seat.hand_over" if follower else "seat.void",
        subject=seat.ref,
        event_code=event.code,
        sheets=len(waiting),
        successor=follower.number if follower else None,
        reason=reason.strip()[:200],
    )
    if follower is None:
        _settle(actor, panel, waiting)
    for work in {s.work.uid for s in waiting}:
        tell_boards(event.code, work)
    card = judges.print_card(actor=actor, seat=follower) if follower else None
    return Handover(len(waiting), follower, card)


def _locked(seat: Seat) -> list[Sheet]:
    rows = Sheet.objects.live().select_for_update(of=("self",)).filter(seat__panel=seat.panel_id).order_by("pk")
    return list(rows.select_related("seat", "work__round__event__rule_set", "sub_criterion"))


def _check(seat: Seat, successor: str, reason: str) -> None:
    problems = {}
    if not reason.strip():
        problems["reason"] = _("Say why: the reason is kept in the record.")
    if not successor.strip():
        others = Seat.objects.filter(panel=seat.panel_id, duty="judge", ended_at=None).exclude(pk=seat.pk)
        if seat.records:
            problems["successor"] = _("This seat records the measurements: name who records them from now on.")
        elif not others.exists():
            problems["successor"] = _("This is the panel's last judge: name a successor.")
    if problems:
        raise HandoverRefused(problems)


def _settle(actor: Actor, panel: list[Sheet], voided: list[Sheet]) -> None:
    """Where only the voided sheet was missing, the others' levels meet now."""
    groups: dict[tuple[int, int], list[Sheet]] = {}
    for sheet in panel:
        if sheet.state in ("open", "submitted"):
            groups.setdefault((sheet.work_id, sheet.sub_criterion_id), []).append(sheet)
    for gone in voided:
        left = groups.get((gone.work_id, gone.sub_criterion_id), [])
        meet_when_all_are_in(actor, left, list(gone.sub_criterion.aspects.all()))
