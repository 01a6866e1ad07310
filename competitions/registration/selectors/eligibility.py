"""How the rules of eligibility stand for the people of an entry, in words with their source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from competitions.contests.models import Event
from competitions.contests.projections import condition_text
from competitions.contests.rulebook import EligibilityRule, read_rules
from competitions.registration.models import Entry, Fact, Member
from competitions.registration.rulebook.eligibility import BROKEN, MET, UNKNOWN, Verdict, judge_person
from competitions.registration.selectors.quotas import edition_rules, facts_of


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person with a verdict for each rule, and what was stated about them."""

    member: Member
    verdicts: list[Verdict]
    facts: dict[str, Fact]

    def text_of(self, verdict: Verdict) -> str:
        """The verdict as a sentence that names its rule's source."""
        rule = verdict.rule
        if verdict.outcome == BROKEN:
            said = refusal_text(rule)
        elif verdict.outcome == MET:
            said = condition_text(rule)
        else:
            asked = rule.evidence or _("a document that proves it")
            said = _("Not known yet: %(condition)s. Please show %(evidence)s.") % {
                "condition": condition_text(rule),
                "evidence": asked,
            }
        return _("%(said)s According to %(source)s.") % {"said": said, "source": rule.source}


def rules_for(event: Event) -> tuple[EligibilityRule, ...]:
    """The event's rules and those of its edition."""
    over = edition_rules(event.edition)
    return read_rules(event.rule_set.rules).eligibility + (over.eligibility if over else ())


def refusal_text(rule: EligibilityRule) -> str:
    """What is said when a rule is broken: the regulation's own words, else a sentence about its condition."""
    if rule.refusal:
        values = {key: "、".join(v) if isinstance(v, tuple) else str(v) for key, v in rule.params.items()}
        return rule.refusal.format_map(defaultdict(str, values))
    return _("This person does not meet a rule: %(condition)s.") % {"condition": condition_text(rule)}


def events_elsewhere(event: Event, rules: Iterable[EligibilityRule], persons: set[str]) -> dict[tuple[str, str], int]:
    """In how many other events of the edition a person (by comparison key) stands, by role; empty when no rule asks."""
    roles = {role for rule in rules if rule.kind == "EVENTS_MAX" for role in rule.of}
    if not roles:
        return {}
    rows = (
        Member.objects.filter(event__edition=event.edition_id, role__in=roles, ended_at=None)
        .exclude(event=event)
        .exclude(event__state="cancelled")
        .exclude(entry__state="withdrawn")
        .values_list("person__id_type", "person__id_number_index", "role", "event_id")
        .distinct()
    )
    found: dict[tuple[str, str], int] = defaultdict(int)
    for id_type, index, role, _event in rows:
        if f"{id_type}:{index}" in persons:
            found[f"{id_type}:{index}", role] += 1
    return found


def verdicts_of(entry: Entry) -> list[PersonLine]:
    """Each live member with their verdicts, contestants first; empty when the rules ask nothing."""
    rules = rules_for(entry.event)
    if not rules:
        return []
    members = list(Member.objects.filter(entry=entry, ended_at=None).select_related("person").order_by("role", "pk"))
    stated = facts_of(members)
    keys = {m.pk: f"{m.person.id_type}:{m.person.id_number_index}" for m in members}
    elsewhere = events_elsewhere(entry.event, rules, set(keys.values()))
    found = []
    for member in members:
        facts = {key: fact.value for key, fact in stated[member.pk].items()}
        facts |= {"birth_date": member.person.birth_date, "sex": member.person.sex or member.sex}
        facts["events"] = elsewhere.get((keys[member.pk], member.role), 0) + 1
        found.append(PersonLine(member, judge_person(rules, member.role, facts), stated[member.pk]))
    return found


def points_of(entry: Entry) -> dict[str, int] | None:
    """How many verdicts are broken and unknown; None when every one is met."""
    outcomes = [verdict.outcome for line in verdicts_of(entry) for verdict in line.verdicts]
    counts = {"broken": outcomes.count(BROKEN), "unknown": outcomes.count(UNKNOWN)}
    return counts if any(counts.values()) else None
