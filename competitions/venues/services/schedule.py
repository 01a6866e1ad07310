"""The schedule's items by hand, and its published versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from competitions.contests.models import Event
from competitions.venues.enums import Audience, ItemKind
from competitions.venues.errors import NothingChanged, ScheduleIsEmpty
from competitions.venues.models import Programme, ScheduleItem, Venue
from competitions.venues.permissions import may_arrange
from competitions.venues.selectors.schedule import lines_of
from competitions.venues.services.telling import tell_of_programme


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One line as an organiser wrote it. responsible: a role, such as 裁判长, never a person's name."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    title: str = ""
    venue: Venue | None = None
    place: str = ""
    audience: Sequence[str] = (Audience.PUBLIC,)
    responsible: str = ""


@transaction.atomic
def add_item(*, actor: Actor, event: Event, draft: ItemDraft) -> ScheduleItem:
    """One more line of the schedule. Raises Invalid."""
    require(may_arrange(actor, event))
    item = ScheduleItem(event=event)
    _fill(item, draft)
    item.save()
    audit.record(actor=actor, action="schedule.add", subject=item.ref, event_code=event.code)
    return item


@transaction.atomic
def change_item(*, actor: Actor, item: ScheduleItem, draft: ItemDraft) -> ScheduleItem:
    """Another time, place or audience; what is published stays until the next version. Raises Invalid."""
    item = _standing(actor, item)
    _fill(item, draft)
    item.save()
    audit.record(actor=actor, action="schedule.change", subject=item.ref, event_code=item.event.code)
    return item


@transaction.atomic
def remove_item(*, actor: Actor, item: ScheduleItem) -> None:
    """Take a line away; published versions keep it."""
    item = _standing(actor, item)
    audit.record(actor=actor, action="schedule.remove", subject=item.ref, event_code=item.event.code)
    item.delete()


def _standing(actor: Actor, item: ScheduleItem) -> ScheduleItem:
    found = ScheduleItem.objects.select_for_update(of=("self",)).select_related("event").filter(pk=item.pk).first()
    if found is None:
        raise NotFound
    require(may_arrange(actor, found.event))
    return found


def _fill(item: ScheduleItem, draft: ItemDraft) -> None:
    problems = {}
    if draft.ends_at <= draft.starts_at:
        problems["ends_at"] = _("It ends after it starts.")
    if draft.venue is not None and draft.venue.event_id != item.event_id:
        problems["venue"] = _("The venue is of another event.")
    if draft.kind not in list(ItemKind) or not set(draft.audience) <= set(Audience):
        problems["kind"] = _("Choose one of the kinds that are offered.")
    if problems:
        raise Invalid(problems)
    item.kind, item.title, item.venue = draft.kind, draft.title.strip()[:80], draft.venue
    item.starts_at, item.ends_at = draft.starts_at, draft.ends_at
    item.place, item.responsible = draft.place.strip()[:80], draft.responsible.strip()[:40]
    item.audience = sorted(set(draft.audience))


@transaction.atomic
def publish_programme(*, actor: Actor, event: Event, note: str = "") -> Programme:
    """The schedule as it stands, as the next version that everybody reads; whoever it concerns is told.

    Raises ScheduleIsEmpty, NothingChanged (also for a second press of the button).
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    require(may_arrange(actor, event))
    lines = lines_of(event)
    if not lines:
        raise ScheduleIsEmpty
    text = json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    newest = Programme.objects.filter(event=event).order_by("-number").first()
    if newest is not None and newest.sha256 == digest:
        raise NothingChanged
    programme = Programme.objects.create(
        event=event,
        number=newest.number + 1 if newest else 1,
        lines=lines,
        sha256=digest,
        note=note.strip()[:200],
        published_by_uid=actor.user_uid,
        published_at=clock.now(),
    )
    audit.record(
        actor=actor, action="programme.publish", subject=programme.ref, event_code=event.code, number=programme.number
    )
    tell_of_programme(actor=actor, programme=programme, before=newest)
    return programme
