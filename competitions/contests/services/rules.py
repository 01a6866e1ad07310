"""Adopting and signing off rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from competitions.contests.errors import RulesInUse, RulesRefused, RulesSigned, RulesUnsigned
from competitions.contests.models import Edition, Event, RuleSet
from competitions.contests.models.events import RULES_FIXED_FROM
from competitions.contests.permissions import may_run
from competitions.contests.rulebook import RuleProblem, problems_of
from competitions.contests.services.moving import locked_event


@transaction.atomic
def adopt_rules(*, actor: Actor, event: Event, rules: Mapping[str, Any], title: str = "", source: str = "") -> RuleSet:
    """Give the event a new version of its rules, unsigned; the version before stays as it was.

    Raises RulesRefused with each problem under its JSON path, RulesInUse once scoring has begun.
    """
    locked = locked_event(actor, event)
    if locked.state in RULES_FIXED_FROM:
        raise RulesInUse
    check_rules(rules, gives_awards=locked.edition.contest.gives_awards)
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
    locked = locked_event(actor, event)
    rule_set = RuleSet.objects.select_for_update().get(pk=locked.rule_set_id)
    if rule_set.signed_off_at is not None:
        raise RulesSigned
    check_rules(rule_set.rules, gives_awards=locked.edition.contest.gives_awards)
    rule_set.signed_off_at, rule_set.signed_off_by_uid = clock.now(), actor.user_uid
    rule_set.save(update_fields=["signed_off_at", "signed_off_by_uid"])
    record(actor=actor, action="rules.sign_off", subject=locked.ref, event_code=locked.code, rules=str(rule_set))
    return rule_set


@transaction.atomic
def adopt_edition_rules(
    *, actor: Actor, edition: Edition, rules: Mapping[str, Any], title: str = "", source: str = ""
) -> RuleSet:
    """Give an edition a new, unsigned version of what holds over all of its events; it counts once signed off.

    Raises NotAllowed, RulesRefused, RulesInUse (an event of the edition is being scored).
    """
    locked = _locked_edition(actor, edition)
    if locked.events.filter(state__in=RULES_FIXED_FROM[:-1]).exists():
        raise RulesInUse
    check_rules(rules, of_edition=True)
    before = locked.rule_set
    code = before.code if before else f"{locked.contest.code}-{locked.year}"
    last = RuleSet.objects.filter(code=code).order_by("-version").first()
    rule_set = RuleSet.objects.create(
        code=code,
        version=(last.version if last else 0) + 1,
        title=title or (before.title if before else locked.name),
        source=source or (before.source if before else ""),
        rules=dict(rules),
    )
    locked.rule_set = rule_set
    locked.save(update_fields=["rule_set"])
    record(actor=actor, action="edition.adopt_rules", subject=locked.ref, rules=str(rule_set))
    return rule_set


@transaction.atomic
def sign_off_edition_rules(*, actor: Actor, edition: Edition) -> RuleSet:
    """Sign off the present version of what holds over all events; from now on it never changes."""
    locked = _locked_edition(actor, edition)
    if locked.rule_set is None:
        raise RulesUnsigned
    rule_set = RuleSet.objects.select_for_update().get(pk=locked.rule_set.pk)
    if rule_set.signed_off_at is not None:
        raise RulesSigned
    rule_set.signed_off_at, rule_set.signed_off_by_uid = clock.now(), actor.user_uid
    rule_set.save(update_fields=["signed_off_at", "signed_off_by_uid"])
    record(actor=actor, action="edition.sign_off_rules", subject=locked.ref, rules=str(rule_set))
    return rule_set


def _locked_edition(actor: Actor, edition: Edition) -> Edition:
    found = Edition.objects.select_for_update(of=("self",)).select_related("contest", "rule_set").get(pk=edition.pk)
    require(may_run(actor, found), _("Only who runs all events of an edition does this."))
    return found


def check_rules(rules: Any, *, of_edition: bool = False, gives_awards: bool = True) -> None:
    """Raises RulesRefused with every problem under its JSON path; a contest that only ranks takes no awards."""
    problems = problems_of(rules, of_edition=of_edition, gives_awards=gives_awards)
    if problems:
        by_path: dict[str, list[str]] = {}
        for problem in problems:
            by_path.setdefault(problem.path, []).append(problem_text(problem))
        raise RulesRefused(by_path)


def problem_text(problem: RuleProblem) -> str:
    texts = {
        "required": _("A key is missing here; needed are: %(limit)s."),
        "additionalProperties": _("There is a key here that the rules do not know."),
        "type": _("This must be of type %(limit)s."),
        "minimum": _("This must be at least %(limit)s."),
        "maximum": _("This must be at most %(limit)s."),
        "enum": _("This must be one of %(limit)s."),
        "pattern": _("This does not have the shape it needs (%(limit)s)."),
        "minItems": _("This must not be empty."),
        "uniqueItems": _("The same is written twice here."),
        "twice": _("This code is already used above: %(limit)s."),
        "places": _("This text names a place that its rule does not have; it has: %(limit)s."),
        "minLength": _("Fill this in."),
        "maxLength": _("At most %(limit)s characters."),
        "maxItems": _("At most %(limit)s of these; take some out."),
        "one_size": _("Fill in exactly one: a share, a number or a mark."),
        "beside_count": _("This stands only beside a number."),
        "medals": _("This rule needs exactly three tiers with these numbers, in this order: %(limit)s."),
        "one_medal": _("With this rule of medals the number is 1."),
        "medal_within": _("This rule of medals needs the points behind the first."),
        "no_awards": _("This contest only ranks; it gives no awards."),
        "beside_quota": _("A quota in persons and a limit of teams cannot both hold; leave one of them out."),
        "date": _("There is no such day; write it like 2026-05-01."),
    }
    return texts.get(problem.code, _("This does not fit the schema (%(limit)s).")) % {"limit": problem.limit}
