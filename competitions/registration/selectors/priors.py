"""Earlier awards and entries of people, from the certificates issued and the entries kept here; never by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from backend.people.models import Person
from certificates.credentials.selectors import awards_held_by
from competitions.contests.models import Event
from competitions.contests.rulebook import EligibilityRule
from competitions.registration.models import Member
from competitions.registration.rulebook.priors import AWARD, ENTRY, Prior
from competitions.registration.selectors.entries import TAKING_PART

LEVEL_WORDS = {  # how notices and rules call the levels of contests
    "SCHOOL": ("校赛", "校级"),
    "CITY": ("市赛", "市级"),
    "PROVINCE": ("省赛", "省级"),
    "NATIONAL": ("国赛", "国家级", "全国"),
}


def key_of(person: Person) -> str:
    """How the human behind a record is compared: one recorded twice counts under the number that stayed."""
    return f"{person.canonical.id_type}:{person.canonical.id_number_index}"


def priors_of(event: Event, rules: Iterable[EligibilityRule], persons: set[str]) -> dict[str, list[Prior]]:
    """By person (comparison key) what is on record; empty, and no query, where no rule asks."""
    kinds = {rule.kind for rule in rules} & {AWARD, ENTRY}
    if not kinds or not persons:
        return {}
    indexes = [key.partition(":")[2] for key in persons]
    found = Person.objects.filter(Q(id_number_index__in=indexes) | Q(merged_into__id_number_index__in=indexes))
    known = {p.pk: key for p in found.select_related("merged_into") if (key := key_of(p)) in persons}
    priors: dict[str, list[Prior]] = defaultdict(list)
    for pk, prior in [*(_awards(event, known) if AWARD in kinds else ()), *(_entries(event, known, kinds))]:
        priors[known[pk]].append(prior)
    return priors


def _awards(event: Event, known: dict[int, str]) -> list[tuple[int, Prior]]:
    held = list(awards_held_by(known))
    codes = {credential.event_code for credential in held}
    events = {e.code: e for e in Event.objects.filter(code__in=codes).select_related("edition__contest")}
    found = []
    for each in held:
        facts, of = each.public_facts, events.get(each.event_code)
        words = (facts.get("contest", ""), *(_level_words(of) if of else ()))
        same = of is not None and of.edition.contest_id == event.edition.contest_id
        year = of.edition.year if of else each.year
        prior = Prior(each.number, facts.get("event", ""), year, facts.get("award", ""), same, words)
        found.append((each.holder_id or 0, prior))
    return found


def _entries(event: Event, known: dict[int, str], kinds: set[str]) -> list[tuple[int, Prior]]:
    if ENTRY not in kinds:
        return []
    rows = Member.objects.filter(person__in=known, ended_at=None, entry__state__in=TAKING_PART)
    rows = rows.exclude(event__state="cancelled").filter(event__edition__year__lt=event.edition.year)
    return [
        (m.person_id, Prior("", m.event.name, m.event.edition.year, "", _same(m.event, event), _words_of(m.event)))
        for m in rows.select_related("event__edition__contest")
    ]


def _same(one: Event, other: Event) -> bool:
    return one.edition.contest_id == other.edition.contest_id


def _words_of(event: Event) -> tuple[str, ...]:
    return (event.edition.contest.name, event.edition.name, *_level_words(event))


def _level_words(event: Event) -> tuple[str, ...]:
    return LEVEL_WORDS.get(event.level or event.edition.contest.level, ())
