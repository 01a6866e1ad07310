"""Questions about the documents that an event asks of its contestants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from backend.documents.models import Document
from backend.people.models import Person
from competitions.registration.enums import GUARDIAN, PHOTO
from competitions.registration.models import Entry, Member, ReviewPlan
from competitions.registration.selectors.entries import roster
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
    there = {(d.holder_uid, d.kind) for d in _present(people) if d.verdict != "refused"}
    young = [m for m in people if GUARDIAN in asked[m.entry_id] and asks_guardian(m)]
    waits = {m.pk for m in young} - consented(young)
    lacking: dict[int, list[tuple[Member, str]]] = defaultdict(list)
    for member in people:
        kinds = [kind for kind in asked[member.entry_id] if kind != GUARDIAN or member.pk in waits]
        missing = [kind for kind in kinds if (member.uid, kind) not in there]
        lacking[member.entry_id] += [(member, kind) for kind in missing]
    return lacking


def asked_of(member: Member, kinds: Iterable[str]) -> list[str]:
    """What an event that asks for these kinds asks of this contestant: a guardian's consent of minors only."""
    return [kind for kind in kinds if kind != GUARDIAN or asks_guardian(member)]


def photos_of(members: Iterable[Member]) -> dict[UUID, Document]:
    """The present photo of each member, where there is one that was not refused."""
    return {d.holder_uid: d for d in _present(list(members)) if d.kind == PHOTO and d.verdict != "refused"}


def person_behind(uid: UUID) -> Person | None:
    """Of whom the documents of a member tell."""
    found = Member.objects.filter(uid=uid).select_related("person__merged_into").first()
    return found.person if found else None


def _present(members: list[Member]) -> list[Document]:
    uids = [member.uid for member in members]
    found = Document.objects.filter(holder_kind="member", holder_uid__in=uids, ended_at=None)
    return list(found.select_related("content"))
