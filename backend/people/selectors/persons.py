"""Questions about identities, and what a merge of two would touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from backend.core.vault import blind_index
from backend.people.models import Person, PersonMerge
from backend.people.signals import merge_looked_at


@dataclass(frozen=True, slots=True)
class Holding:
    """How many rows of one kind name the duplicate. kind: the model's label, `registration.member`."""

    kind: str
    count: int


def person_by_number(id_type: str, number: str) -> Person | None:
    """The person recorded under a tidied number, or the one it was merged into."""
    index = blind_index(number, purpose="id-number")
    found = Person.objects.select_related("merged_into").filter(id_type=id_type, id_number_index=index).first()
    return found.canonical if found else None


def has_account(person: Person) -> bool:
    """Whether the person, or a record merged into it, acts by an account. person: as it counts."""
    return Person.objects.same_as(person.pk).exclude(user=None).exists()


def merged_keys() -> dict[tuple[str, str], tuple[str, str]]:
    """(id type, index) of every merged person -> of the person that counts; few, for comparing many at once."""
    keys = ("id_type", "id_number_index", "merged_into__id_type", "merged_into__id_number_index")
    found = Person.objects.exclude(merged_into=None).values_list(*keys)
    return {(kind, number): (counts_kind, counts) for kind, number, counts_kind, counts in found}


def holdings_of(person: Person) -> list[Holding]:
    """Rows of every room that name this person, by kind."""
    found = []
    relations: Any = person._meta.related_objects
    for relation in relations:
        model = relation.related_model
        if model in (Person, PersonMerge):
            continue
        count = model._base_manager.filter(Q((relation.field.name, person))).count()
        found.append(Holding(model._meta.label_lower, count))
    return found


def objections_to(duplicate: Person, into: Person) -> list[str]:
    """What would be wrong once the two count as one, as the rooms above see it."""
    answers: Any = merge_looked_at.send(sender=PersonMerge, duplicate=duplicate, into=into)
    return [str(text) for _receiver, texts in answers for text in texts]


def merges_of(actor: Actor) -> QuerySet[PersonMerge]:
    found = PersonMerge.objects.visible_to(actor)
    return found.select_related("duplicate", "into", "asked_by", "decided_by").order_by("-pk")


def merges_waiting(actor: Actor) -> QuerySet[PersonMerge]:
    """Merges that this officer may confirm: asked for by somebody else."""
    return PersonMerge.objects.visible_to(actor).filter(state="asked").exclude(asked_by_id=actor.user_id)
