"""Which teams would not keep to rules that somebody wants to adopt: judged as they stand, nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from backend.core.actor import Actor
from competitions.contests.models import Event, RuleSet
from competitions.contests.projections import Proposal
from competitions.contests.rulebook import AgeRules, EligibilityRule, TeamRules, read_rules
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import CONTESTANT, Finding, gaps_of, judge_age, surplus_of
from competitions.registration.rulebook.eligibility import BROKEN, beyond
from competitions.registration.selectors.eligibility import PersonLine, in_the_way, verdicts_in
from competitions.registration.selectors.entries import counts_of, live_members, roster
from competitions.registration.selectors.priors import key_of


@dataclass(frozen=True, slots=True)
class Breach:
    """One changed rule that a team would break: a condition (rule), the age limit (finding) or its size.

    member: None where the team as a whole does; line: what is known of the person, where a condition asks it; size:
    (role, or "teams" of one school; how many too many, below 0 too few).
    """

    entry: Entry
    member: Member | None = None
    rule: EligibilityRule | None = None
    line: PersonLine | None = None
    finding: Finding | None = None
    size: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """breaches: by event, school and team; asking: how many teams would have to state what nobody asked before."""

    breaches: list[Breach]
    asking: int


def touched_by(actor: Actor, proposal: Proposal) -> Touched:
    """What changed rules mean for the teams that stand; as many queries for many teams as for one."""
    old, new = read_rules(proposal.before), read_rules(proposal.after)
    known = [_core(rule) for rule in old.eligibility]
    changed = [rule for rule in new.eligibility if _core(rule) not in known]
    of_event = isinstance(proposal.thing, Event)
    sized, aged = of_event and old.team != new.team, of_event and old.age != new.age
    if not (changed or sized or aged):
        return Touched([], 0)
    entries = _standing(actor, proposal, changed)
    found = [
        *(_sizes(entries, old.team, new.team) if sized else ()),
        *(_ages(entries, new.age) if aged and new.age else ()),
        *_too_often(entries, changed),
    ]
    broken, asking = _conditions(entries) if changed else ([], 0)
    order = {entry.pk: place for place, entry in enumerate(entries)}
    return Touched(sorted(found + broken, key=lambda breach: order[breach.entry.pk]), asking)


def _core(rule: EligibilityRule) -> Any:
    """What decides about a person; where a rule comes from and how it is told changes nobody's verdict."""
    return rule.code, rule.kind, frozenset(rule.of), dict(rule.params)


def _standing(actor: Actor, proposal: Proposal, changed: Sequence[EligibilityRule]) -> list[Entry]:
    """The teams by event, school and number, each with its event as if the changed conditions were all it had."""
    thing, codes = proposal.thing, {rule.code for rule in changed}
    asked = [rule for rule in proposal.after.get("eligibility", []) if rule["code"] in codes]
    only = RuleSet(rules={"team": {"contestants": 1}, "eligibility": asked})
    found = list(
        Entry.objects.visible_to(actor)
        .filter(Q(event=thing) if isinstance(thing, Event) else Q(event__edition=thing))
        .exclude(state__in=("withdrawn", "rejected"))
        .exclude(event__state="cancelled")
        .select_related("school", "event__edition")
        .prefetch_related(live_members("person__merged_into"))
        .order_by("event__code", "school__name", "team_number", "pk")
    )
    events: dict[int, Event] = {}
    for entry in found:
        entry.event = events.setdefault(entry.event_id, entry.event)
        entry.event.rule_set, entry.event.edition.rule_set = only, None
    return found


def _sizes(entries: Sequence[Entry], old: TeamRules, new: TeamRules) -> Iterator[Breach]:
    """Too few or too many people, and too many teams of a school, where the number that says so has changed."""
    most, by_school = new.teams_per_school_max, defaultdict(list)
    for entry in entries:
        counts = counts_of(entry)
        short, beyond_it = set(gaps_of(counts, new)), set(surplus_of(counts, new))
        yield from (Breach(entry, size=(role, -n)) for role, n in sorted(short - set(gaps_of(counts, old))))
        yield from (Breach(entry, size=size) for size in sorted(beyond_it - set(surplus_of(counts, old))))
        by_school[entry.school_id].append(entry)
    if most is not None and most != old.teams_per_school_max:
        for teams in by_school.values():
            yield from (Breach(entry, size=("teams", len(teams) - most)) for entry in teams[most:])


def _ages(entries: Sequence[Entry], age: AgeRules) -> Iterator[Breach]:
    for entry in entries:
        for member in roster(entry):
            if member.role == CONTESTANT and member.person.birth_date:
                yield from (Breach(entry, member, finding=f) for f in judge_age(member.person.birth_date, age))


def _conditions(entries: Sequence[Entry]) -> tuple[list[Breach], int]:
    """Who does not meet the conditions, and in how many teams somebody has to state something first."""
    lines = verdicts_in(entries)
    judged = [(e, line, verdict) for e in entries for line in lines[e.pk] for verdict in line.verdicts]
    broken = [Breach(e, line.member, v.rule, line) for e, line, v in judged if v.outcome == BROKEN]
    return broken, len({e.pk for e, _line, v in judged if v.outcome != BROKEN and in_the_way(v)})


def _too_often(entries: Sequence[Entry], rules: Iterable[EligibilityRule]) -> Iterator[Breach]:
    """Whom a rule about the teams of one event would not let be in so many; it is judged over all of them."""
    by_event: dict[int, list[tuple[Entry, Member]]] = defaultdict(list)
    for entry in entries:
        by_event[entry.event_id] += [(entry, member) for member in roster(entry)]
    for rule in (rule for rule in rules if rule.kind == "TEAMS_MAX"):
        for people in by_event.values():
            places = [(key_of(member.person), member.role, entry.pk) for entry, member in people]
            for role in rule.of:
                for position in beyond(places, [], role, rule.params["max"]):
                    yield Breach(*people[position], rule)
