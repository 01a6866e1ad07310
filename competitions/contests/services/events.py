"""Setting up events and changing their own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.models import Group
from competitions.contests.enums import CADENCES, DIVISIONS, LEVELS, STAGES
from competitions.contests.errors import EventOpen
from competitions.contests.models import Edition, Event, Round, RuleSet
from competitions.contests.permissions import may_organise_in
from competitions.contests.services.moving import locked_event
from competitions.contests.services.rules import check_rules


@transaction.atomic
def create_event(
    *,
    actor: Actor,
    edition: Edition,
    group: Group,
    code: str,
    name: str,
    rules: Mapping[str, Any],
    name_en: str = "",
    division: str = "HIGHER_STUDENT",
    rules_title: str = "",
    rules_source: str = "",
    registration_closes_at: datetime | None = None,
    tech_platforms: Sequence[str] = (),
    venue_name: str = "",
    **place: Any,
) -> Event:
    """A new event in draft with its first, unsigned rules and one round.

    rules: a document under schema/rules-1.json. place: track, level, stage, cadence, promotes_to, starts_on, ends_on.
    Raises NotAllowed, RulesRefused, Invalid (code taken; what does not fit the edition).
    """
    require(may_organise_in(actor, group), _("Only organisers of the leading group set up an event."))
    check_rules(rules, gives_awards=edition.contest.gives_awards)
    _check_event(edition, code, {"division": division, **place})
    rule_set = RuleSet.objects.create(code=code, title=rules_title or name, source=rules_source, rules=dict(rules))
    event = Event.objects.create(
        edition=edition,
        code=code,
        name=name,
        name_en=name_en,
        division=division,
        leading_group=group,
        rule_set=rule_set,
        registration_closes_at=registration_closes_at,
        tech_platforms=list(tech_platforms),
        venue_name=venue_name,
        **place,
    )
    Round.objects.create(event=event)
    record(actor=actor, action="event.create", subject=event.ref, event_code=code, rules=str(rule_set))
    return event


def _check_event(edition: Edition, code: str, fields: Mapping[str, Any]) -> None:
    problems = _misfits(edition, fields)
    if Event.objects.filter(code=code).exists() or RuleSet.objects.filter(code=code).exists():
        problems["code"] = _("There is already an event with this code.")
    if problems:
        raise Invalid(problems)


def _misfits(edition: Edition, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What of an event's fields is unknown or belongs to another edition; fields that are not given are not judged."""
    problems: dict[str, Any] = {}
    known = {"division": DIVISIONS, "level": ["", *LEVELS], "stage": ["", *STAGES], "cadence": CADENCES}
    for key, values in known.items():
        if key in fields and fields[key] not in values:
            problems[key] = _("There is no such division.") if key == "division" else _("This is not in the list.")
    track, after = fields.get("track"), fields.get("promotes_to")
    if track is not None and track.edition_id != edition.pk:
        problems["track"] = _("This track belongs to another edition.")
    if after is not None and after.division != fields.get("division", after.division):
        problems["promotes_to"] = _("The next stage is for another division.")
    starts_on, ends_on = fields.get("starts_on"), fields.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        problems["ends_on"] = _("The last day lies before the first.")
    return problems


@transaction.atomic
def edit_event(*, actor: Actor, event: Event, **changes: Any) -> Event:
    """Change an event's own data until registration opens; deadline, venue and next stage also while it is open.

    Raises NotAllowed, EventOpen, Invalid (what does not fit the edition, or stages that go round in a circle).
    """
    locked = locked_event(actor, event)
    late = {"registration_closes_at", "venue_name", "promotes_to"}
    changed = {k: v for k, v in changes.items() if getattr(locked, k) != v}
    if locked.state != "draft" and (locked.state not in ("registering", "registered") or set(changed) - late):
        raise EventOpen
    problems = _misfits(locked.edition, {"division": locked.division, **changed})
    if _circular(locked, changed.get("promotes_to")):
        problems["promotes_to"] = _("This event itself comes from the other one.")
    if problems:
        raise Invalid(problems)
    for key, value in changed.items():
        setattr(locked, key, value)
    if changed:
        locked.save(update_fields=list(changed))
        record(actor=actor, action="event.edit", subject=locked.ref, event_code=locked.code, fields=sorted(changed))
    return locked


def _circular(event: Event, after: Event | None) -> bool:
    seen = {event.pk}
    while after is not None:
        if after.pk in seen:
            return True
        seen.add(after.pk)
        after = after.promotes_to
    return False
