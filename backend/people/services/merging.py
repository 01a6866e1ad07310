"""Two records of one human become one: a redirect, never a deletion."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.errors import AlreadyMerged, MergeClash, MergeOpen, ReasonMissing, SamePerson, SecondOfficerNeeded
from backend.people.models import MERGE, Person, PersonMerge
from backend.people.permissions import may_merge
from backend.people.selectors import objections_to


def _locked(*pks: int) -> list[Person]:
    """Both persons, locked in one order, returned in the order asked for."""
    found = {p.pk: p for p in Person.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")}
    return [found[pk] for pk in pks]


@transaction.atomic
def ask_merge(*, actor: Actor, duplicate: Person, into: Person, reason: str) -> PersonMerge:
    """Ask that `duplicate` counts as `into`; nothing changes before a second officer has looked.

    Raises SamePerson, AlreadyMerged, ReasonMissing, MergeOpen.
    """
    require(may_merge(actor))
    if duplicate.pk == into.pk:
        raise SamePerson
    duplicate, into = _locked(duplicate.pk, into.pk)
    if duplicate.merged_into_id or into.merged_into_id:
        raise SamePerson if into.pk == duplicate.merged_into_id else AlreadyMerged
    if not reason.strip():
        raise ReasonMissing
    told = {"reason": reason.strip(), "asked_by_id": actor.user_id, "asked_at": clock.now()}
    try:
        with transaction.atomic():
            made = PersonMerge.objects.create(duplicate=duplicate, into=into, **told)
    except IntegrityError as error:
        raise MergeOpen from error
    audit.record(actor=actor, action="person.ask_merge", subject=made.ref)
    return made


@transaction.atomic
def refuse_merge(*, actor: Actor, merge: PersonMerge) -> PersonMerge:
    """Leave both as they are; whoever asked may take it back this way."""
    found = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    require(may_merge(actor))
    found.state = MERGE.after(found.state, "refuse")
    found.decided_by_id, found.decided_at = actor.user_id, clock.now()
    found.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(actor=actor, action="person.refuse_merge", subject=found.ref)
    return found


@transaction.atomic
def merge_persons(*, actor: Actor, merge: PersonMerge) -> Person:
    """Confirm a merge: the duplicate leads to the other person from now on, and so does all that led to it.

    Rows of other rooms keep their person and are read through `same_person`; nothing is deleted. The account moves
    when the other person has none; else both accounts act as the same person.
    Raises SecondOfficerNeeded, IllegalMove, AlreadyMerged, MergeClash (both in one running event).
    """
    found = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    require(may_merge(actor))
    if actor.user_id == found.asked_by_id:
        raise SecondOfficerNeeded
    found.state = MERGE.after(found.state, "confirm")
    duplicate, into = _locked(found.duplicate_id, found.into_id)
    if duplicate.merged_into_id or into.merged_into_id:
        raise AlreadyMerged
    clashes = objections_to(duplicate, into)
    if clashes:
        raise MergeClash(clashes, link=f"/persons/merges/{found.uid}/")
    found.decided_by_id, found.decided_at = actor.user_id, clock.now()
    found.save(update_fields=["state", "decided_by", "decided_at"])
    _redirect(duplicate, into)
    audit.record(actor=actor, action="person.merge", subject=into.ref, duplicate=str(duplicate.uid))
    return into


def _redirect(duplicate: Person, into: Person) -> None:
    Person.objects.filter(merged_into=duplicate).update(merged_into=into)  # a redirect is never a chain
    user, duplicate.merged_into = duplicate.user_id, into
    if user is not None and into.user_id is None:
        duplicate.user_id = None
        duplicate.save(update_fields=["merged_into", "user"])
        into.user_id = user
        into.save(update_fields=["user"])
        return
    duplicate.save(update_fields=["merged_into"])
