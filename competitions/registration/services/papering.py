"""A school hands in documents of one kind for many people at once: each file goes to the one whose name it bears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID, uuid5

from backend.core.actor import Actor
from backend.core.errors import DomainError, NotAllowed, NotFound
from backend.documents import services as documents
from backend.documents.selectors import kind_of
from competitions.contests.models import Event
from competitions.registration.rulebook.naming import Named, Unmatched, whose
from competitions.registration.selectors import own_school
from competitions.registration.selectors.papers import Fate, Outcome, Place, places_for
from competitions.registration.selectors.reviewing import plan_of

AT_ONCE = 10  # files in memory, and in one transaction


class File(Protocol):
    """What a form brings."""

    @property
    def name(self) -> str | None: ...

    def read(self, size: int) -> bytes: ...


def hand_in_many(*, actor: Actor, event: Event, kind: str, files: Sequence[File], token: UUID) -> list[Outcome]:
    """Give each file to the contestant of the actor's own school whose name or number it is called by, in order.

    What fits is taken, whatever the others are; sent again with the same token nothing is taken twice. Raises
    NotAllowed for whoever has no school, NotFound where the event asks for no such document.
    """
    school = own_school(actor)
    if school is None:
        raise NotAllowed
    if kind not in plan_of(event).papers:
        raise NotFound
    places = {place.member.pk: place for place in places_for(actor, event, school, kind)}
    names = [file.name or "" for file in files]
    outcomes: list[Outcome] = []
    matches = whose(names, [_named(place) for place in places.values()])
    for start in range(0, len(files), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        outcomes += _handed_in(
            actor, kind, list(zip(files[some], names[some], matches[some], strict=True)), places, token
        )
    return outcomes


def _named(place: Place) -> Named:
    member = place.member
    return Named(member.pk, member.reveal("name"), member.person.reveal("id_number"), member.reveal("study_number"))


def _handed_in(
    actor: Actor,
    kind: str,
    batch: Sequence[tuple[File, str, int | Unmatched]],
    places: dict[int, Place],
    token: UUID,
) -> list[Outcome]:
    outcomes: dict[int, Outcome] = {}
    uploads: dict[int, documents.Upload] = {}
    for n, (file, name, match) in enumerate(batch):
        if isinstance(match, Unmatched):
            outcomes[n] = Outcome(name, Fate(match.value))
            continue
        member, present = places[match].member, places[match].present
        client_id = uuid5(token, f"{member.uid} {name}")
        if present is not None and present.client_id != client_id:
            outcomes[n] = Outcome(name, Fate.THERE, member)
            continue
        content = file.read(kind_of(kind).asked.max_bytes + 1)
        uploads[n] = documents.Upload(member.ref, content, name, client_id)
    taken = documents.attach_many(actor=actor, kind=kind, uploads=list(uploads.values()))
    for n, document in zip(uploads, taken, strict=True):
        _file, name, match = batch[n]
        refusal = document if isinstance(document, DomainError) else None
        outcomes[n] = Outcome(name, Fate.REFUSED if refusal else Fate.TAKEN, places[int(match)].member, refusal)
    return [outcomes[n] for n in range(len(batch))]
