"""Making events, adopting and signing their rules, and moving them along their line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.models import Group
from competitions.contests.enums import DIVISIONS
from competitions.contests.errors import (
    DeadlineMissing,
    EventOpen,
    RulesInUse,
    RulesRefused,
    RulesSigned,
    RulesUnsigned,
)
from competitions.contests.models import EVENT, Contest, Edition, Event, Round, RuleSet
from competitions.contests.permissions import may_organise, may_organise_in
from competitions.contests.rulebook import RuleProblem, problems_of
from realtime.notices import touch

RULES_FIXED_FROM = ("scoring", "tallied", "signed", "published")


@transaction.atomic
def create_edition(
    *, actor: Actor, group: Group, contest_code: str, contest_name: str, year: int, name: str, **details: Any
) -> Edition:
    """The edition of that year, made with its contest when they are not there yet; a repeat finds the same."""
    require(may_organise_in(actor, group), _("Only organisers of the leading group set up an edition."))
    contest, _made = Contest.objects.get_or_create(code=contest_code, defaults={"name": contest_name})
    edition, made = Edition.objects.get_or_create(contest=contest, year=year, defaults={"name": name, **details})
    if made:
        record(actor=actor, action="edition.create", subject=_edition_ref(edition), year=year)
    return edition


def _edition_ref(edition: Edition) -> Any:
    from backend.core.refs import Ref

    return Ref("edition", str(edition.uid), edition.name)


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
) -> Event:
    """A new event in draft with its first, unsigned rules and one round.

    rules: a document under schema/rules-1.json. Raises NotAllowed, RulesRefused, Invalid (code taken).
    """
    require(may_organise_in(actor, group), _("Only organisers of the leading group set up an event."))
    _check_rules(rules)
    _check_event(code, division)
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
    )
    Round.objects.create(event=event)
    record(actor=actor, action="event.create", subject=event.ref, event_code=code, rules=str(rule_set))
    return event


def _check_event(code: str, division: str) -> None:
    problems: dict[str, Any] = {}
    if Event.objects.filter(code=code).exists() or RuleSet.objects.filter(code=code).exists():
        problems["code"] = _("There is already an event with this code.")
    if division not in DIVISIONS:
        problems["division"] = _("There is no such division.")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def edit_event(*, actor: Actor, event: Event, **changes: Any) -> Event:
    """Change an event's own data (name, name_en, division, deadline, platforms, venue) until registration opens.

    The deadline and the venue may still change while registration is open.
    """
    locked = _locked(actor, event)
    late = {"registration_closes_at", "venue_name"}
    changed = {k: v for k, v in changes.items() if getattr(locked, k) != v}
    if locked.state != "draft" and (locked.state not in ("registering", "registered") or set(changed) - late):
        raise EventOpen
    for key, value in changed.items():
        setattr(locked, key, value)
    if changed:
        locked.save(update_fields=list(changed))
        record(actor=actor, action="event.edit", subject=locked.ref, event_code=locked.code, fields=sorted(changed))
    return locked


@transaction.atomic
def adopt_rules(*, actor: Actor, event: Event, rules: Mapping[str, Any], title: str = "", source: str = "") -> RuleSet:
    """Give the event a new version of its rules, unsigned; the version before stays as it was.

    Raises RulesRefused with each problem under its JSON path, RulesInUse once scoring has begun.
    """
    locked = _locked(actor, event)
    if locked.state in RULES_FIXED_FROM:
        raise RulesInUse
    _check_rules(rules)
    last = RuleSet.objects.filter(code=locked.rule_set.code).order_by("-version").first()
    rule_set = RuleSet.objects.create(
        code=locked.rule_set.code,
        version=(last.version if last else 0) + 1,
        title=title or locked.rule_set.title,
        source=source or locked.rule_set.source,
        rules=dict(rules),
    )
    locked.rule_set = rule_set
    locked.save(update_fields=["rule_set"])
    record(actor=actor, action="rules.adopt", subject=locked.ref, event_code=locked.code, rules=str(rule_set))
    return rule_set


@transaction.atomic
def sign_off_rules(*, actor: Actor, event: Event) -> RuleSet:
    """Sign the event's present version off; from now on the database refuses to change it."""
    locked = _locked(actor, event)
    rule_set = RuleSet.objects.select_for_update().get(pk=locked.rule_set_id)
    if rule_set.signed_off_at is not None:
        raise RulesSigned
    _check_rules(rule_set.rules)
    rule_set.signed_off_at, rule_set.signed_off_by_uid = clock.now(), actor.user_uid
    rule_set.save(update_fields=["signed_off_at", "signed_off_by_uid"])
    record(actor=actor, action="rules.sign_off", subject=locked.ref, event_code=locked.code, rules=str(rule_set))
    return rule_set


@transaction.atomic
def open_registration(*, actor: Actor, event: Event) -> Event:
    """Let schools enter: the rules must be signed off and the deadline lie ahead."""
    locked = _locked(actor, event)
    if locked.rule_set.signed_off_at is None:
        raise RulesUnsigned
    if locked.registration_closes_at is None or clock.deadline_passed(locked.registration_closes_at):
        raise DeadlineMissing
    event.state = move_event(actor=actor, event=locked, verb="open_registration").state
    return event


@transaction.atomic
def close_registration(*, actor: Actor, event: Event) -> Event:
    """End registration; the entries that were submitted are the field of the draw."""
    event.state = move_event(actor=actor, event=_locked(actor, event), verb="close_registration").state
    return event


@transaction.atomic
def move_event(*, actor: Actor, event: Event, verb: str) -> Event:
    """Move an event along its line; IllegalMove when the table of `EVENT` has no such step.

    The calling service has already required its own permission: a draw, a signature and a publication are made by
    different people.
    """
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    locked.state = EVENT.after(locked.state, verb)
    locked.save(update_fields=["state"])
    event.state = locked.state
    record(actor=actor, action=f"event.{verb}", subject=locked.ref, event_code=locked.code, state=locked.state)
    for kind in ("board", "bench", "jury"):
        touch(f"{kind}:{locked.code}")
    return locked


def _locked(actor: Actor, event: Event) -> Event:
    found: Event = Event.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=event.pk)
    require(may_organise(actor, found), _("Only the organisers of this event do this."))
    return found


def _check_rules(rules: Any) -> None:
    problems = problems_of(rules)
    if problems:
        by_path: dict[str, list[str]] = {}
        for problem in problems:
            by_path.setdefault(problem.path, []).append(_problem_text(problem))
        raise RulesRefused(by_path)


def _problem_text(problem: RuleProblem) -> str:
    texts = {
        "required": _("A key is missing here; needed are: %(limit)s."),
        "additionalProperties": _("There is a key here that the rules do not know."),
        "type": _("This must be of type %(limit)s."),
        "minimum": _("This must be at least %(limit)s."),
        "maximum": _("This must be at most %(limit)s."),
        "enum": _("This must be one of %(limit)s."),
        "pattern": _("This does not have the shape it needs (%(limit)s)."),
        "date": _("There is no such day; write it like 2026-05-01."),
    }
    return texts.get(problem.code, _("This does not fit the schema (%(limit)s).")) % {"limit": problem.limit}
