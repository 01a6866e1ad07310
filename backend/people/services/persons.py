"""One Person per (id type, number)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from backend.core.vault import blind_index
from backend.people.models import Person

Key = tuple[str, str]
BATCH = 500


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """An identity as somebody wrote it; the number is already normalised and checked."""

    id_type: str
    id_number: str
    name: str
    birth_date: date | None = None
    sex: str = ""

    @property
    def key(self) -> Key:
        return self.id_type, id_number_index(self.id_number)


def id_number_index(number: str) -> str:
    """The blind index under which a person is found by number."""
    return blind_index(number, purpose="id-number")


@transaction.atomic(savepoint=False)
def ensure_persons(drafts: Sequence[PersonDraft]) -> dict[Key, Person]:
    """Find or create one Person per (id type, number); keys are `draft.key`. A race ends with one row for both.

    A person found keeps what is recorded: what a school writes about somebody stays with its entry.
    """
    wanted = {draft.key: draft for draft in drafts}
    found = _persons(set(wanted))
    # In the order of the indexes, so that two lists never wait for each other in a circle.
    missing = [_person(key, wanted[key]) for key in sorted(set(wanted) - set(found), key=lambda key: (key[1], key[0]))]
    if missing:
        found |= _made(missing)
    return {draft.key: found[draft.key] for draft in drafts}


def _made(missing: list[Person]) -> dict[Key, Person]:
    try:
        with transaction.atomic():
            made = Person.objects.bulk_create(missing, batch_size=BATCH)
    except IntegrityError:  # somebody made one of them just now: theirs are read
        Person.objects.bulk_create(missing, ignore_conflicts=True, batch_size=BATCH)
        return _persons({(person.id_type, person.id_number_index) for person in missing})
    return {(person.id_type, person.id_number_index): person for person in made}


def _person(key: Key, draft: PersonDraft) -> Person:
    person = Person(id_type=key[0], id_number_index=key[1], birth_date=draft.birth_date, sex=draft.sex)
    person.put("id_number", draft.id_number)
    person.put("name", draft.name)
    return person


def _persons(keys: set[Key]) -> dict[Key, Person]:
    found: dict[Key, Person] = {}
    indexes = sorted({index for _, index in keys})
    for start in range(0, len(indexes), BATCH):
        some = Person.objects.filter(id_number_index__in=indexes[start : start + BATCH])
        found |= {(person.id_type, person.id_number_index): person for person in some.select_related("merged_into")}
    return {key: person.merged_into or person for key, person in found.items() if key in keys}
