"""Events with too few entries: flagged when registration is over, decided by their organisers, everyone told."""

from __future__ import annotations

from dataclasses import replace

from django.db import IntegrityError, transaction

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.notify.selectors import News, hearers
from backend.notify.services import send_news
from competitions.contests.models import Event, HoldingCheck
from competitions.contests.rulebook import read_rules
from competitions.contests.services import decide_holding as settle_holding
from competitions.contests.services import flag_too_few
from competitions.registration.errors import MergeBlocked
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook.quotas import too_few
from competitions.registration.selectors.entries import TAKING_PART
from competitions.registration.services.opening import lock_schools


def flag_short_events() -> int:
    """Flag every event whose registration is over with fewer submitted teams than its rules need; returns how many.

    Runs by timetable and may run twice: an event is flagged once.
    """
    watched = Event.objects.filter(state__in=("registering", "registered"), holding_checks=None)
    flagged = 0
    for event in watched.select_related("rule_set").order_by("pk"):
        if event.state == "registered" or clock.deadline_passed(event.registration_closes_at):
            flagged += _flag(event)
    return flagged


def _flag(event: Event) -> bool:
    minimum = read_rules(event.rule_set.rules).minimum
    if minimum is None:
        return False
    schools = Entry.objects.filter(event=event, state__in=TAKING_PART).values_list("school__uid", flat=True)
    found = too_few(minimum.entries, minimum.unit, (str(uid) for uid in schools))
    return found is not None and flag_too_few(event=event, found=found) is not None


@transaction.atomic
def decide_holding(*, actor: Actor, event: Event, verdict: str, reason: str, into: Event | None = None) -> HoldingCheck:
    """Hold the event anyway, cancel it, or move its teams into another event of the edition; everyone is told why.

    Raises NotAllowed, HoldingDecided, Invalid, MergeBlocked (somebody stands in both events).
    """
    target = into if verdict == "merge" else None
    news = _news(event, verdict, reason, target)
    told = hearers(news.notice) if target is not None else []  # once the teams have gone over, nobody finds them here
    if target is not None:
        lock_schools(str(uid) for uid in Entry.objects.filter(event=event).values_list("school__uid", flat=True))
    check = settle_holding(actor=actor, event=event, verdict=verdict, reason=reason, into=into)
    if check.into is not None:
        _move_teams(actor, event, check.into)
    news = replace(news, about=check.uid, keys=[(target or event).code])
    send_news(actor=actor, news=news, first=told, rest=target is None)
    return check


def _news(event: Event, verdict: str, reason: str, into: Event | None) -> News:
    return News(
        kind=f"event.{verdict}",
        about=event.uid,
        topics={"event.decided": {}},
        keys=[event.code],
        label=f"{event.code} {event.name}",
        params={"event": event.name, "reason": reason.strip()[:300], "into": into.name if into else ""},
        link=f"/events/{(into or event).code}/",
    )


def _move_teams(actor: Actor, event: Event, into: Event) -> None:
    """Every standing team goes over with its people, in the order in which they came; numbers follow what is there."""
    Event.objects.select_for_update(of=("self",)).get(pk=into.pk)
    teams = list(Entry.objects.filter(event=event).exclude(state="withdrawn").order_by("submitted_at", "pk"))
    try:
        with transaction.atomic():
            for entry in teams:
                _move_team(actor, entry, into)
    except IntegrityError as error:
        raise MergeBlocked from error


def _move_team(actor: Actor, entry: Entry, into: Event) -> None:
    taken = set(Entry.objects.filter(event=into, school=entry.school_id).values_list("team_number", flat=True))
    entry.event = into
    entry.team_number = next(n for n in range(1, 1000) if n not in taken)
    entry.save(update_fields=["event", "team_number"])
    Member.objects.filter(entry=entry).update(event=into)
    record(actor=actor, action="entry.merge", subject=entry.ref, event_code=into.code)
