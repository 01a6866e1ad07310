"""Questions about the documents that an event asks of its contestants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.documents.models import Document
from backend.people.models import Organisation, Person
from competitions.contests.models import Event
from competitions.registration.enums import GUARDIAN, PHOTO, TAKES_PAPERS
from competitions.registration.models import Entry, Member, ReviewPlan
from competitions.registration.rulebook.naming import Unmatched
from competitions.registration.selectors.entries import entries_of, roster
from competitions.registration.selectors.inviting import asks_guardian, consented
from competitions.registration.selectors.reviewing import plans_of

Lacking = Mapping[int, list[tuple[Member, str]]]  # entry key to contestants and the kinds they lack


def lacking_papers(entries: Iterable[Entry], plans: Mapping[int, ReviewPlan] | None = None) -> Lacking:
    """Which contestants lack which kinds, by the entry's key; entries read with `live_members()` and event__edition.

    A refused or expired document is as good as none. plans: by the event's key, for callers that have read them.
    Four queries, whatever the number of entries.
    """
    entries = list(entries)
    plans = plans or plans_of(entry.event for entry in entries)
    asked = {entry.pk: plans[entry.event_id].papers for entry in entries}
    people = [m for entry in entries if asked[entry.pk] for m in roster(entry) if m.role == "contestant"]
    there = {(d.holder_uid, d.kind) for d in _good(people)}
    young = [m for m in people if GUARDIAN in asked[m.entry_id] and asks_guardian(m)]
    waits = {m.pk for m in young} - consented(young)
    lacking: dict[int, list[tuple[Member, str]]] = defaultdict(list)
    for member in people:
        kinds = [kind for kind in asked[member.entry_id] if kind != GUARDIAN or member.pk in waits]
        missing = [kind for kind in kinds if (member.uid, kind) not in there]
        lacking[member.entry_id] += [(member, kind) for kind in missing]
    return lacking


def unjudged_papers(entry: Entry, kinds: Iterable[str]) -> int:
    """How many of the team's documents of these kinds nobody has judged yet."""
    people = [m.uid for m in roster(entry)]
    found = Document.objects.present().filter(holder_kind="member", holder_uid__in=people, kind__in=list(kinds))
    return int(found.filter(verdict="none").count())


def asked_of(member: Member, kinds: Iterable[str]) -> list[str]:
    """What an event that asks for these kinds asks of this contestant: a guardian's consent of minors only."""
    return [kind for kind in kinds if kind != GUARDIAN or asks_guardian(member)]


@dataclass(frozen=True, slots=True)
class Place:
    """A contestant of whom a document of one kind is asked. present: what is there and was not refused."""

    member: Member
    present: Document | None


def places_for(actor: Actor, event: Event, school: Organisation, kind: str) -> list[Place]:
    """Of which contestants of a school the kind is asked while documents are taken, by team; a few queries for all."""
    teams = list(entries_of(actor, event).filter(school=school, state__in=TAKES_PAPERS))
    people = [m for entry in teams for m in roster(entry) if m.role == "contestant" and asked_of(m, [kind])]
    agreed = consented(people) if kind == GUARDIAN else set()
    there = {d.holder_uid: d for d in _good(people) if d.kind == kind}
    team_of = {entry.pk: entry for entry in teams}
    for member in people:
        member.entry = team_of[member.entry_id]  # as it was read for all of them
    return [Place(member, there.get(member.uid)) for member in people if member.pk not in agreed]


class Fate(StrEnum):
    """What became of a file: taken; nobody's; or its person has such a document, which nothing replaces by accident."""

    TAKEN = "taken"
    REFUSED = "refused"
    THERE = "there"
    NOBODY = Unmatched.NOBODY
    SEVERAL = Unmatched.SEVERAL
    TWICE = Unmatched.TWICE


@dataclass(frozen=True, slots=True)
class Outcome:
    """file_name: as it was sent, for the answer's page only. refusal: what is against the file."""

    file_name: str
    fate: Fate
    member: Member | None = None
    refusal: DomainError | None = None


def photos_of(members: Iterable[Member]) -> dict[UUID, Document]:
    """The present photo of each member, where there is one that was not refused."""
    return {d.holder_uid: d for d in _good(list(members)) if d.kind == PHOTO}


def person_behind(uid: UUID) -> Person | None:
    """Of whom the documents of a member tell."""
    found = Member.objects.filter(uid=uid).select_related("person__merged_into").first()
    return found.person if found else None


def _good(members: list[Member]) -> list[Document]:
    """Their present documents that were not refused."""
    uids = [member.uid for member in members]
    found = Document.objects.filter(holder_kind="member", holder_uid__in=uids, ended_at=None)
    return list(found.exclude(verdict="refused").select_related("content"))
