"""How the rules of eligibility stand for the people of an entry, in words with their source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backend.people.selectors import merged_keys
from competitions.contests.models import Event
from competitions.contests.projections import condition_text
from competitions.contests.rulebook import EligibilityRule, read_rules
from competitions.registration.models import Entry, Fact, Member
from competitions.registration.rulebook.eligibility import BROKEN, MET, UNKNOWN, Verdict, fact_of, judge_person
from competitions.registration.rulebook.priors import Prior, decisive, met_by
from competitions.registration.selectors.priors import key_of, of_persons, priors_in
from competitions.registration.selectors.quotas import edition_rules, facts_of

FEW = 1000  # people that a question names one by one; of more it reads everybody


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person with a verdict for each rule, and what was stated about them."""

    member: Member
    verdicts: list[Verdict]
    facts: dict[str, Fact]
    found: dict[str, list[Prior]]  # by code of the rule: earlier awards and entries on record that it speaks of

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

    def record_of(self, verdict: Verdict) -> str:
        """What the system itself has on record about the rule, with certificate, event and year; "" for nothing."""
        return found_text(self.found.get(verdict.rule.code, []))


def found_text(found: Iterable[Prior]) -> str:
    """Earlier awards and entries in words; "" for none."""
    said = [
        _("certificate %(number)s, %(event)s, %(year)s, %(award)s")
        % {"number": prior.number, "event": prior.event, "year": prior.year, "award": prior.award}
        if prior.number
        else _("entry, %(event)s, %(year)s") % {"event": prior.event, "year": prior.year}
        for prior in found
    ]
    return _("Found in the system: %(records)s.") % {"records": "；".join(said)} if said else ""


def on_record(
    rules: Iterable[EligibilityRule], priors: Iterable[Prior], year: int
) -> tuple[dict[str, list[Prior]], dict[str, bool]]:
    """Per rule what is on record, and the facts that it settles whatever a school states."""
    priors = list(priors)
    found = {rule.code: met for rule in rules if (met := met_by(rule, priors, year))}
    settled = {fact_of(rule): False for rule in rules if decisive(found.get(rule.code, []))}
    return found, settled


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
    roles = _counted_roles(rules)
    standing = _standing({event.edition_id}, roles, persons) if roles else {}
    return {(key, role): n for (edition, key, role), events in standing.items() if (n := len(events - {event.pk}))}


def _counted_roles(rules: Iterable[EligibilityRule]) -> set[str]:
    """The roles of which some rule counts the events of a person."""
    return {role for rule in rules if rule.kind == "EVENTS_MAX" for role in rule.of}


def _standing(editions: set[int], roles: set[str], persons: set[str]) -> dict[tuple[int, str, str], set[int]]:
    """The events in which people stand, by edition, person and role."""
    rows = (
        Member.objects.filter(event__edition__in=editions, role__in=roles, ended_at=None)
        .exclude(event__state="cancelled")
        .exclude(entry__state="withdrawn")
        .values_list("event__edition_id", "person__id_type", "person__id_number_index", "role", "event_id")
        .distinct()
    )
    if len(persons) <= FEW:
        rows = rows.filter(of_persons(persons, "person__"))
    merged, where = merged_keys(), defaultdict(set)
    for edition, id_type, index, role, event in rows:
        key = ":".join(merged.get((id_type, index), (id_type, index)))
        if key in persons:
            where[edition, key, role].add(event)
    return where


def verdicts_of(entry: Entry) -> list[PersonLine]:
    """Each live member with their verdicts, contestants first; empty when the rules ask nothing."""
    return verdicts_in([entry])[entry.pk]


def verdicts_in(entries: Iterable[Entry]) -> dict[int, list[PersonLine]]:
    """`verdicts_of` by the key of each entry, in a number of queries that does not depend on how many there are.

    entries: with their event, its rule set, its edition and the edition's rule set.
    """
    listed = list(entries)
    rules = {entry.event_id: rules_for(entry.event) for entry in listed}
    found: dict[int, list[PersonLine]] = {entry.pk: [] for entry in listed}
    asked = {entry.pk: entry for entry in listed if rules[entry.event_id]}
    if not asked:
        return found
    members = list(
        Member.objects.filter(entry__in=asked, ended_at=None)
        .select_related("person__merged_into")
        .order_by("role", "pk")
    )
    people = _people_by_event(members)
    counting = {pk for pk in people if _counted_roles(rules[pk])}
    events = {entry.event_id: entry.event for entry in asked.values()}
    stated = facts_of(members)
    standing = (
        _standing(
            {events[pk].edition_id for pk in counting},
            {role for pk in counting for role in _counted_roles(rules[pk])},
            {key for pk in counting for key in people[pk]},
        )
        if counting
        else {}
    )
    priors = priors_in((events[pk], rules[pk], keys) for pk, keys in people.items())
    for member in members:
        event, key = events[member.event_id], key_of(member.person)
        facts = {fact.key: fact.value for fact in stated[member.pk].values()}
        facts |= {"birth_date": member.person.birth_date, "sex": member.person.sex or member.sex}
        facts["events"] = len(standing.get((event.edition_id, key, member.role), set()) - {event.pk}) + 1
        mine = [rule for rule in rules[event.pk] if member.role in rule.of]
        records, settled = on_record(mine, priors[event.pk].get(key, []), event.edition.year)
        verdicts = judge_person(rules[event.pk], member.role, {**facts, **settled})
        found[member.entry_id].append(PersonLine(member, verdicts, stated[member.pk], records))
    return found


def _people_by_event(members: Iterable[Member]) -> dict[int, set[str]]:
    people: dict[int, set[str]] = defaultdict(set)
    for member in members:
        people[member.event_id].add(key_of(member.person))
    return people


def in_the_way(verdict: Verdict) -> bool:
    """Whether an entry is not taken with it: a rule is broken, or the school still has to state something."""
    return verdict.outcome == BROKEN or (verdict.outcome == UNKNOWN and verdict.rule.when_unknown == "state")


def points_of(entry: Entry) -> dict[str, int] | None:
    """How many verdicts are broken and unknown; None when every one is met."""
    outcomes = [verdict.outcome for line in verdicts_of(entry) for verdict in line.verdicts]
    counts = {"broken": outcomes.count(BROKEN), "unknown": outcomes.count(UNKNOWN)}
    return counts if any(counts.values()) else None


def doubts_of(entry: Entry) -> list[tuple[str, str, str]]:
    """(name, outcome, sentence) that a reviewer looks at: rules not met or not known, and what is on record."""
    return [
        (line.member.reveal("name"), verdict.outcome, " ".join(filter(None, [line.text_of(verdict), record])))
        for line in verdicts_of(entry)
        for verdict in line.verdicts
        if (record := line.record_of(verdict)) or verdict.outcome != MET
    ]
