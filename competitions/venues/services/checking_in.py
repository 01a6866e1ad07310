"""Verdicts at the door, in batches as desks send them; every desk's word is kept, contradictions are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people.enums import Role
from backend.people.selectors import holds_still
from competitions.contests.models import Event
from competitions.registration.models import EntryCard, Member
from competitions.registration.selectors.reviewing import admitted_states
from competitions.venues.errors import REFUSALS, ConflictSettled, ReasonNeeded
from competitions.venues.models import ADMISSIONS, CheckIn, CheckInPlan, ConflictRuling, Session
from competitions.venues.permissions import may_check_in, may_follow_arrivals
from competitions.venues.rulebook.doors import fault_of, is_late, skew_of
from realtime.notices import touch


@dataclass(frozen=True, slots=True)
class Scan:
    """One verdict as a desk said it. scanned_at: by its clock; card None: found by name; member None: unknown."""

    client_id: UUID
    verdict: str
    scanned_at: datetime
    member: UUID | None = None
    card: UUID | None = None
    session: UUID | None = None
    method: str = "manual"
    reasons: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """verdict: taken, known (sent before) or refused; conflict: somebody had let the same person in already."""

    client_id: UUID
    verdict: str
    code: str = ""
    message: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class _Hall:
    """What a batch is held against, read once."""

    event: Event
    plan: CheckInPlan
    sessions: Mapping[UUID, Session]
    members: Mapping[UUID, Member]
    cards: Mapping[UUID, EntryCard]
    states: tuple[str, ...]
    known: dict[UUID, bool]  # by client id: whether that scan met somebody who was in already
    standing: dict[tuple[int | None, int], CheckIn]
    now: datetime
    skew: timedelta


@transaction.atomic
def record_scans(
    *, actor: Actor, event: Event, scans: Sequence[Scan], sent_at: datetime | None = None
) -> list[ScanVerdict]:
    """One answer for each scan, in their order; a scan sent twice is known and counts once.

    sent_at: the desk's clock when it sent the batch, from which its skew is known. Raises NotAllowed.
    """
    plan = _locked(event)
    require(may_check_in(actor, event) and _still_open(actor))
    hall = _hall(event, plan, scans, sent_at)
    made: list[CheckIn] = []
    verdicts = [_judged(actor, hall, scan, made) for scan in scans]
    _keep(made)
    if made:
        clashes = sum(row.conflicts_with is not None for row in made)
        audit.record(
            actor=actor,
            action="checkin.take",
            subject=event.ref,
            event_code=event.code,
            count=len(made),
            conflicts=clashes,
        )
        touch(f"arrivals:{event.code}")
    return verdicts


def _keep(made: Sequence[CheckIn]) -> None:
    """Write the rows in their order. One that meets another of the same batch (a desk without network let the same
    person in twice) names that one, which is written first.
    """
    ready: list[CheckIn] = []
    for row in made:
        if row.conflicts_with is not None and row.conflicts_with.pk is None:
            CheckIn.objects.bulk_create(ready)
            ready = []
        ready.append(row)
    CheckIn.objects.bulk_create(ready)


def _still_open(actor: Actor) -> bool:
    """A desk that was closed since its request began says nothing any more."""
    return actor.role != Role.CHECKIN_OFFICER or holds_still(actor)


def _locked(event: Event) -> CheckInPlan:
    """The event's plan under lock: two desks never decide about the same person side by side."""
    CheckInPlan.objects.get_or_create(event=event)
    return CheckInPlan.objects.select_for_update(of=("self",)).get(event=event)


def _hall(event: Event, plan: CheckInPlan, scans: Sequence[Scan], sent_at: datetime | None) -> _Hall:
    now = clock.now()
    members = Member.objects.filter(event=event, uid__in=[s.member for s in scans if s.member]).select_related("entry")
    cards = EntryCard.objects.filter(member__event=event, uid__in=[s.card for s in scans if s.card])
    found = {m.uid: m for m in members}
    standing = CheckIn.objects.filter(
        event=event, member__in=found.values(), verdict__in=ADMISSIONS, conflicts_with=None
    )
    known = CheckIn.objects.filter(client_id__in=[s.client_id for s in scans])
    return _Hall(
        event,
        plan,
        {s.uid: s for s in Session.objects.filter(round__event=event)},
        found,
        {c.uid: c for c in cards},
        admitted_states(event),
        {row.client_id: row.conflicts_with_id is not None for row in known},
        {(row.session_id, row.member_id): row for row in standing if row.member_id},
        now,
        skew_of(sent_at, now),
    )


def _judged(actor: Actor, hall: _Hall, scan: Scan, made: list[CheckIn]) -> ScanVerdict:
    if scan.client_id in hall.known:
        # its first answer may have been lost on the way: what it said is said again
        return ScanVerdict(scan.client_id, "known", conflict=hall.known[scan.client_id])
    fault = _unknown(hall, scan) or _fault(hall, scan)
    if fault:
        return ScanVerdict(scan.client_id, "refused", fault, str(REFUSALS[fault]))
    row = _row(actor, hall, scan)
    place = (row.session_id, row.member_id or 0)
    if row.admitted:
        row.conflicts_with = hall.standing.get(place)
        hall.standing.setdefault(place, row)
    made.append(row)
    hall.known[scan.client_id] = row.conflicts_with is not None
    return ScanVerdict(scan.client_id, "taken", conflict=row.conflicts_with is not None)


def _unknown(hall: _Hall, scan: Scan) -> str:
    """What the scan names and this event does not have."""
    if scan.session is not None and scan.session not in hall.sessions:
        return "unknown_session"
    card = hall.cards.get(scan.card) if scan.card else None
    member = hall.members.get(scan.member) if scan.member else None
    lost = (scan.card and card is None) or (scan.member and member is None) or (card and not member)
    other = card is not None and member is not None and card.member_id != member.pk
    nobody = member is None and scan.verdict != "refused"
    return "unknown_person" if lost or other or nobody else ""


def _fault(hall: _Hall, scan: Scan) -> str:
    member = hall.members.get(scan.member) if scan.member else None
    session = hall.sessions.get(scan.session) if scan.session else None
    card = hall.cards.get(scan.card) if scan.card else None
    at = _moment(hall, scan)
    return fault_of(
        verdict=scan.verdict,
        reasons=scan.reasons,
        note=scan.note,
        papers=scan.papers,
        asked=hall.plan.papers,
        late=is_late(at, session.starts_at if session else None, hall.plan.late_minutes),
        listed=member is not None and member.ended_at is None and member.entry.state in hall.states,
        card_ended=card is not None and card.ended_at is not None and card.ended_at <= at,
    )


def _moment(hall: _Hall, scan: Scan) -> datetime:
    """When it was scanned by the server's clock; never in the future."""
    return min(scan.scanned_at + hall.skew, hall.now)


def _row(actor: Actor, hall: _Hall, scan: Scan) -> CheckIn:
    row = CheckIn(
        event=hall.event,
        session=hall.sessions.get(scan.session) if scan.session else None,
        member=hall.members.get(scan.member) if scan.member else None,
        card=hall.cards.get(scan.card) if scan.card else None,
        method=scan.method,
        verdict=scan.verdict,
        reasons=_words(scan.reasons) if scan.verdict == "refused" else "",
        papers=_words(scan.papers),
        desk=actor.label[:60],
        client_id=scan.client_id,
        scanned_at=_moment(hall, scan),
        skew_seconds=round(hall.skew.total_seconds()),
        received_at=hall.now,
        by_uid=actor.user_uid,
    )
    row.put("note", scan.note.strip()[:300])
    return row


def _words(codes: Iterable[str]) -> str:
    return ",".join(sorted(set(codes)))


@transaction.atomic
def set_plan(*, actor: Actor, event: Event, papers: Sequence[str], late_minutes: int) -> CheckInPlan:
    """Which papers are asked for, and how many minutes after its beginning a session can still be entered."""
    plan = _locked(event)
    require(may_follow_arrivals(actor, event))
    plan.papers, plan.late_minutes = list(papers), late_minutes
    plan.save(update_fields=["papers", "late_minutes"])
    audit.record(
        actor=actor,
        action="checkin.plan",
        subject=event.ref,
        event_code=event.code,
        papers=list(papers),
        late_minutes=late_minutes,
    )
    return plan


@transaction.atomic
def rule_on_conflict(*, actor: Actor, check_in: CheckIn, reason: str) -> ConflictRuling:
    """An organiser says what happened where a person was let in twice. Raises ReasonNeeded, ConflictSettled."""
    row = CheckIn.objects.select_for_update(of=("self",)).select_related("event").filter(pk=check_in.pk).first()
    if row is None or row.conflicts_with_id is None:
        raise NotFound
    require(may_follow_arrivals(actor, row.event))
    if not reason.strip():
        raise ReasonNeeded
    if ConflictRuling.objects.filter(check_in=row).exists():
        raise ConflictSettled
    ruling = ConflictRuling(check_in=row, by_uid=actor.user_uid, at=clock.now())
    ruling.put("reason", reason.strip()[:300])
    ruling.save()
    audit.record(actor=actor, action="checkin.rule", subject=row.ref, event_code=row.event.code)
    touch(f"arrivals:{row.event.code}")
    return ruling
