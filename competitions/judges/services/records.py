"""What judges have served, and how: written once an event is over, never when it is planned."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.contests.models import Event, Round
from competitions.judges.enums import Duty
from competitions.judges.errors import ReasonMissing
from competitions.judges.models import ConductNote, Judge, PlanPlace, Seat, Service
from competitions.judges.permissions import may_build_panels, may_keep_pool, may_note_conduct, may_note_in

WITHOUT_SHEETS = (Duty.ENCRYPT,)  # duties that leave neither a sheet nor a signature: the confirmed place counts


@transaction.atomic
def record_service(
    *, actor: Actor, judge: Judge, title: str, year: int, duty: str, event: Event | None = None
) -> Service:
    """What a judge has served; the same again is the same record."""
    require(may_keep_pool(actor))
    if not title.strip():
        raise Invalid({"title": _("Name the contest.")})
    return _serve(actor, judge, title.strip(), year, duty, event)


@transaction.atomic
def record_services(*, actor: Actor, round: Round, seats: Iterable[int], signers: Iterable[tuple[UUID, str]]) -> int:
    """Credit everybody who really judged a round: called when its results are published.

    seats: primary keys of seats that submitted a sheet; signers: (account's uid, duty) of those who signed the tally.
    Once more changes nothing. Returns how many are credited.
    """
    event = round.event
    require(may_build_panels(actor, event))
    done: set[tuple[Judge, str]] = set()
    for seat in Seat.objects.filter(pk__in=set(seats), panel__round=round).exclude(judge=None).select_related("judge"):
        assert seat.judge is not None
        done.add((seat.judge, seat.duty))
    duties = dict(signers)
    account = Q(person__user__uid__in=duties) | Q(person__merged_into__user__uid__in=duties)
    for judge in Judge.objects.filter(account).select_related("person__user", "person__merged_into__user"):
        user = judge.person.canonical.user
        if user is not None and user.uid in duties:
            done.add((judge, duties[user.uid]))
    places = PlanPlace.objects.filter(plan__round=round, plan__state="confirmed", duty__in=WITHOUT_SHEETS)
    done |= {(place.judge, place.duty) for place in places.select_related("judge")}
    for judge, duty in sorted(done, key=lambda one: (one[0].pk, one[1])):
        _serve(actor, judge, event.name, event.edition.year, duty, event)
    return len(done)


def _serve(actor: Actor, judge: Judge, title: str, year: int, duty: str, event: Event | None) -> Service:
    fields = {"judge": judge, "title": title[:100], "year": year, "duty": duty}
    service, made = Service.objects.get_or_create(**fields, defaults={"event": event})
    if made:
        audit.record(actor=actor, action="judge.served", subject=judge.ref)
    return service


@transaction.atomic
def note_conduct(*, actor: Actor, judge: Judge, text: str, event: Event | None = None) -> ConductNote:
    """A note in confidence on how a judge served; a chief judge writes it on those who sit in the chief's own event.

    Raises ReasonMissing when it is empty, NotAllowed.
    """
    require(may_note_conduct(actor) or (event is not None and may_note_in(actor, event) and _sat(judge, event)))
    if not text.strip():
        raise ReasonMissing
    note = ConductNote(judge=judge, event=event, written_by_uid=actor.user_uid)
    note.put("text", text.strip()[:1000])
    note.save()
    audit.record(actor=actor, action="judge.note", subject=judge.ref)
    return note


def _sat(judge: Judge, event: Event) -> bool:
    return Seat.objects.filter(judge=judge, panel__round__event=event).exists()
