"""New dates for what was announced: registrations stay, everyone is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.notify.selectors import Reach
from backend.notify.services import preview_news, send_news
from competitions.contests.errors import NothingPostponed, TooLateToPostpone
from competitions.contests.models import Edition, Event, Postponement
from competitions.contests.models.events import MOVABLE
from competitions.contests.permissions import may_organise, may_run
from competitions.contests.projections.news import moved_events, news_of_new_days, organisers_hearing
from competitions.contests.services.moving import locked_event
from realtime.notices import touch


@transaction.atomic
def postpone_edition(
    *, actor: Actor, edition: Edition, starts_on: date, ends_on: date | None = None, reason: str
) -> Postponement:
    """Hold a whole edition on other days. Entries, deadlines and draws of its events stay as they are.

    Raises NotAllowed, Invalid (reason, dates), NothingPostponed, TooLateToPostpone (an event is being scored).
    """
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    require(may_run(actor, locked), _("Only who runs all events of an edition does this."))
    _check(reason, starts_on, ends_on)
    events = list(Event.objects.select_for_update(of=("self",)).filter(edition=locked).order_by("pk"))
    live = [event for event in events if event.state != "cancelled"]
    if any(event.state not in MOVABLE for event in live):
        raise TooLateToPostpone
    made = _move(actor, locked, {"starts_on": starts_on, "ends_on": ends_on}, reason, edition=locked)
    _tell(actor, made, locked, moved_events(locked))
    return made


@transaction.atomic
def postpone_event(
    *,
    actor: Actor,
    event: Event,
    starts_on: date,
    ends_on: date | None = None,
    closes_at: datetime | None = None,
    reason: str,
) -> Postponement:
    """Hold one event on other days; closes_at: a later registration deadline, None leaves it. Entries stay.

    Raises NotAllowed, Invalid (reason, dates), NothingPostponed, TooLateToPostpone.
    """
    locked = locked_event(actor, event)
    _check(reason, starts_on, ends_on)
    if locked.state not in MOVABLE:
        raise TooLateToPostpone
    changes: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on}
    if closes_at is not None:
        _check_deadline(locked, closes_at)
        changes["registration_closes_at"] = closes_at
    made = _move(actor, locked, changes, reason, event=locked)
    _tell(actor, made, locked, moved_events(locked))
    touch(f"board:{locked.code}")
    return made


def _check(reason: str, starts_on: date, ends_on: date | None) -> None:
    problems: dict[str, Any] = {}
    if not reason.strip():
        problems["reason"] = _("Give the reason: everyone who is entered reads it.")
    if ends_on is not None and ends_on < starts_on:
        problems["ends_on"] = _("The last day lies before the first.")
    if problems:
        raise Invalid(problems)


def _check_deadline(event: Event, closes_at: datetime) -> None:
    if event.state not in ("draft", "registering"):
        raise Invalid({"closes_at": _("Registration is closed; open it again before you change its deadline.")})
    if clock.deadline_passed(closes_at):
        raise Invalid({"closes_at": _("This deadline is already over.")})


def _move(actor: Actor, thing: Edition | Event, changes: dict[str, Any], reason: str, **of: Any) -> Postponement:
    before = {key: getattr(thing, key) for key in changes}
    if before == changes:
        raise NothingPostponed
    for key, value in changes.items():
        setattr(thing, key, value)
    thing.save(update_fields=list(changes))
    made = Postponement.objects.create(
        before=_written(before),
        after=_written(changes),
        reason=reason.strip()[:300],
        made_at=clock.now(),
        made_by_uid=actor.user_uid,
        **of,
    )
    code = thing.code if isinstance(thing, Event) else ""
    action = "event.postpone" if code else "edition.postpone"
    record(actor=actor, action=action, subject=thing.ref, event_code=code, **_written(changes))
    return made


def _written(dates: dict[str, Any]) -> dict[str, str]:
    return {key: value.isoformat() for key, value in dates.items() if value is not None}


def _tell(actor: Actor, made: Postponement, thing: Edition | Event, events: list[Event]) -> None:
    """Organisers of the events at once; whoever hears of it in the rooms above, by the job."""
    if events:
        news = news_of_new_days(thing, events, about=made.uid, day=made.after["starts_on"], reason=made.reason)
        send_news(actor=actor, news=news, first=organisers_hearing(actor, events, news))


def preview_postponement(*, actor: Actor, thing: Edition | Event) -> Reach:
    """Whom new days of an event or edition would be told, and how. Raises NotAllowed."""
    may = may_run(actor, thing) if isinstance(thing, Edition) else may_organise(actor, thing)
    require(may, _("Only the organisers see whom new days are told."))
    events = moved_events(thing)
    news = news_of_new_days(thing, events)
    return preview_news(actor=actor, news=news, first=organisers_hearing(actor, events, news))
