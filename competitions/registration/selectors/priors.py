"""Earlier awards and entries of people, from the certificates issued and the entries kept here; never by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from backend.people.models import Person
from certificates.credentials.selectors import awards_held_by
from competitions.contests.enums import LEVEL_WORDS
from competitions.contests.models import Event
from competitions.contests.rulebook import EligibilityRule
from competitions.registration.models import Member
from competitions.registration.rulebook.priors import AWARD, ENTRY, Prior
from competitions.registration.selectors.entries import TAKING_PART


def key_of(person: Person) -> str:
    """How the human behind a record is compared: one recorded twice counts under the number that stayed."""
    return f"{person.canonical.id_type}:{person.canonical.id_number_index}"


@dataclass(frozen=True, slots=True)
class _Recorded:
    """One earlier award or entry as it is on record, whichever event asks. of: the event, where it is known here."""

    person: int
    kind: str
    of: Event | None
    number: str
    event: str
    year: int
    award: str
    words: tuple[str, ...]

    def seen_from(self, event: Event) -> Prior:
        same = self.of is not None and self.of.edition.contest_id == event.edition.contest_id
        return Prior(self.number, self.event, self.year, self.award, same, self.words)


def of_persons(persons: Iterable[str], prefix: str = "") -> Q:
    """The records of these people (by comparison key), those merged into them too; other kinds of document slip in."""
    indexes = [key.partition(":")[2] for key in persons]
    own, merged = f"{prefix}id_number_index__in", f"{prefix}merged_into__id_number_index__in"
    return Q((own, indexes)) | Q((merged, indexes))


def priors_of(event: Event, rules: Iterable[EligibilityRule], persons: set[str]) -> dict[str, list[Prior]]:
    """By person (comparison key) what is on record; empty, and no query, where no rule asks."""
    return priors_in([(event, rules, persons)])[event.pk]


def priors_in(
    asking: Iterable[tuple[Event, Iterable[EligibilityRule], set[str]]],
) -> dict[int, dict[str, list[Prior]]]:
    """`priors_of` by the key of each event, with its rules and people; as many queries for many events as for one."""
    wanted = [(event, {rule.kind for rule in rules} & {AWARD, ENTRY}, persons) for event, rules, persons in asking]
    found: dict[int, dict[str, list[Prior]]] = {event.pk: defaultdict(list) for event, _kinds, _persons in wanted}
    people = {key for _event, kinds, persons in wanted if kinds for key in persons}
    if not people:
        return found
    records = Person.objects.filter(of_persons(people)).select_related("merged_into")
    known = {p.pk: key for p in records if (key := key_of(p)) in people}
    kinds = {kind for _event, asked, _persons in wanted for kind in asked}
    recorded = [*(_awards(known) if AWARD in kinds else ()), *(_entries(known) if ENTRY in kinds else ())]
    for event, asked, persons in wanted:
        for each in recorded:
            if each.kind in asked and known[each.person] in persons and _is_earlier(each, event):
                found[event.pk][known[each.person]].append(each.seen_from(event))
    return found


def _is_earlier(each: _Recorded, event: Event) -> bool:
    return each.kind == AWARD or each.year < event.edition.year


def _awards(known: dict[int, str]) -> list[_Recorded]:
    held = list(awards_held_by(known))
    codes = {credential.event_code for credential in held}
    events = {e.code: e for e in Event.objects.filter(code__in=codes).select_related("edition__contest")}
    found = []
    for each in held:
        facts, of = each.public_facts, events.get(each.event_code)
        words = (facts.get("contest", ""), *(_level_words(of) if of else ()))
        year = of.edition.year if of else each.year
        told = (each.number, facts.get("event", ""), year, facts.get("award", ""), words)
        found.append(_Recorded(each.holder_id or 0, AWARD, of, *told))
    return found


def _entries(known: dict[int, str]) -> list[_Recorded]:
    rows = Member.objects.filter(person__in=known, ended_at=None, entry__state__in=TAKING_PART)
    rows = rows.exclude(event__state="cancelled").select_related("event__edition__contest")
    return [
        _Recorded(m.person_id, ENTRY, m.event, "", m.event.name, m.event.edition.year, "", _words_of(m.event))
        for m in rows
    ]


def _words_of(event: Event) -> tuple[str, ...]:
    return (event.edition.contest.name, event.edition.name, *_level_words(event))


def _level_words(event: Event) -> tuple[str, ...]:
    return LEVEL_WORDS.get(event.level or event.edition.contest.level, ())
