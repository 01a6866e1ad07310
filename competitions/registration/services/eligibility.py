"""Rules of eligibility held against the people of an entry, and what a school states about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.enums import IdType
from backend.people.rulebook import read_id_number
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.errors import EntryFixed, FactsMissing, RulesBroken
from competitions.registration.models import FIXED, Entry, Fact, Member
from competitions.registration.permissions import may_change
from competitions.registration.rulebook import SEX_LETTERS, Finding, MemberDraft
from competitions.registration.rulebook.eligibility import (
    BROKEN,
    NUMBERS,
    Verdict,
    asked_facts,
    beyond,
    fact_of,
    judge_person,
)
from competitions.registration.selectors import entry_of
from competitions.registration.selectors.eligibility import (
    PersonLine,
    events_elsewhere,
    found_text,
    in_the_way,
    on_record,
    refusal_text,
    rules_for,
    verdicts_of,
)
from competitions.registration.selectors.priors import key_of, priors_of
from competitions.registration.selectors.quotas import facts_of
from competitions.registration.services.judging import Field, Line, Place
from competitions.registration.services.opening import lock_schools, require_changeable


def judge_eligibility(
    event: Event, lines: Sequence[Line], standing: Field, whole: Iterable[Place] = ()
) -> list[Finding]:
    """Rules that are broken by what the numbers, the record and earlier statements say; the unknown is asked later."""
    rules = rules_for(event)
    if not rules:
        return []
    stated = facts_of([line.stands for line in lines if line.stands])
    people = {line.person for line in lines if line.person}
    elsewhere, priors = events_elsewhere(event, rules, people), priors_of(event, rules, people)
    found = []
    for line in lines:
        facts = _facts(line.member, stated.get(line.stands.pk, {}) if line.stands else {})
        facts["events"] = elsewhere.get((line.person, line.member.role), 0) + 1 if line.person else None
        mine = [rule for rule in rules if line.member.role in rule.of]
        records, settled = on_record(mine, priors.get(line.person, []), event.edition.year)
        for verdict in judge_person(rules, line.member.role, {**facts, **settled}):
            if verdict.outcome == BROKEN:
                said = [refusal_text(verdict.rule), found_text(records.get(verdict.rule.code, []))]
                params = {"refusal": " ".join(filter(None, said)), "source": verdict.rule.source}
                found.append(Finding("RULE_BROKEN", "id_number", line.member.row, params))
    return found + judge_teams_max(event, lines, standing, whole)


def _facts(draft: MemberDraft, stated: Mapping[str, Fact]) -> dict[str, Any]:
    reading = read_id_number(draft.id_number, IdType(draft.id_type)) if draft.id_number else None
    sex = SEX_LETTERS[reading.sex] if reading and reading.sex else draft.sex
    known = {"birth_date": reading.birth_date if reading else None, "sex": sex}
    return {**{key: fact.value for key, fact in stated.items()}, **known}


def judge_teams_max(event: Event, lines: Sequence[Line], standing: Field, whole: Iterable[Place] = ()) -> list[Finding]:
    """TEAMS_MAX: a person in more teams of the event than the rules allow, charged to the later row."""
    found, replaced = [], set(whole)
    places = [("" if line.apart else line.person, line.member.role, line.place) for line in lines]
    for rule in (r for r in rules_for(event) if r.kind == "TEAMS_MAX"):
        stands = [
            (key_of(m.person), m.role, standing.place_of(m))
            for m in standing.members
            if standing.place_of(m) not in replaced
        ]
        params = {"refusal": refusal_text(rule), "source": rule.source}
        for role in rule.of:
            for position in beyond(places, stands, role, rule.params["max"]):
                found.append(Finding("RULE_BROKEN", "id_number", lines[position].member.row, params))
    return found


@transaction.atomic
def state_facts(*, actor: Actor, entry: Entry, facts: Mapping[tuple[str, str], tuple[Any, str]]) -> int:
    """What the school says about its people, by (member uid, fact): (value, evidence). None takes a statement back.

    Returns how many changed; each change is a new row. Raises NotAllowed, RegistrationClosed, DeadlineOver, Invalid
    (keyed `<member uid>.<fact>`).
    """
    lock_schools([str(entry.school.uid)])
    locked = entry_of(actor, entry.uid)
    require(may_change(actor, locked), _("Only the entering school and the organisers change this entry."))
    require_changeable(actor, locked)
    if locked.state in FIXED and not may_organise(actor, locked.event):
        raise EntryFixed
    members = {str(m.uid): m for m in Member.objects.filter(entry=locked, ended_at=None).select_related("person")}
    problems = _misfits(locked.event, members, facts)
    if problems:
        raise Invalid(problems)
    stands, changed = facts_of(members.values()), 0
    for (uid, key), (value, evidence) in facts.items():
        changed += _state(actor, members[uid], key, value, evidence.strip()[:200], stands[members[uid].pk].get(key))
    if changed:
        record(actor=actor, action="entry.state_facts", subject=locked.ref, event_code=locked.event.code, n=changed)
    return changed


def _misfits(
    event: Event, members: Mapping[str, Member], facts: Mapping[tuple[str, str], tuple[Any, str]]
) -> dict[str, str]:
    rules, problems = rules_for(event), {}
    for (uid, key), (value, _evidence) in facts.items():
        asked = asked_facts(rules, members[uid].role) if uid in members else {}
        if key not in asked:
            problems[f"{uid}.{key}"] = _("The rules do not ask this about this person.")
        elif value is not None and not _fits(asked[key].kind, value):
            problems[f"{uid}.{key}"] = _("This does not answer the question.")
    return problems


def _fits(kind: str, value: Any) -> bool:
    if kind in NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1000
    return isinstance(value, bool)


def _state(actor: Actor, member: Member, key: str, value: Any, evidence: str, stands: Fact | None) -> bool:
    same = (stands.value, stands.evidence) == (value, evidence) if stands else value is None
    if same:
        return False
    now = clock.now()
    if stands is not None:
        stands.ended_at = now
        stands.save(update_fields=["ended_at"])
    if value is not None:
        Fact.objects.create(
            member=member, key=key, value=value, evidence=evidence, stated_by_uid=actor.user_uid, stated_at=now
        )
    return True


def open_conditions(entry: Entry) -> list[tuple[PersonLine, Verdict]]:
    """What keeps an entry from being submitted: what is broken, and what the school still has to state."""
    return [(line, verdict) for line in verdicts_of(entry) for verdict in line.verdicts if in_the_way(verdict)]


def require_eligible(entry: Entry) -> None:
    """Raises RulesBroken with a sentence for each person and rule, or FactsMissing when something is not stated yet."""
    found = open_conditions(entry)
    problems: dict[str, list[str]] = defaultdict(list)
    for line, verdict in found:
        if verdict.outcome == BROKEN:
            said = " ".join(filter(None, [line.text_of(verdict), line.record_of(verdict)]))
            problems[f"{line.member.uid}.{fact_of(verdict.rule)}"].append(said)
    missing = len(found) - sum(map(len, problems.values()))
    if problems:
        raise RulesBroken(dict(problems))
    if missing:
        raise FactsMissing(count=missing, link=f"/entries/{entry.uid}/eligibility/")
