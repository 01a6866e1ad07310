"""Questions about entries, rosters and imports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group, Organisation, Person
from competitions.contests.models import Edition, Event
from competitions.registration.models import Entry, EntryImport, Member


@dataclass(frozen=True, slots=True)
class RosterMember:
    """A member as the school wrote them; name in clear, for those who may know it."""

    uid: UUID
    person: Person
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Roster:
    entry: Entry
    school: Organisation
    team_number: int
    members: list[RosterMember]


# Which of them take part is the draw's business: it takes the admitted ones only.
TAKING_PART = ("submitted", "approved", "confirmed")


def live_members(*also: str) -> Prefetch:
    """The members who have not left, contestants first; read them as `entry.roster`. also: what is read with each."""
    found = Member.objects.filter(ended_at=None).select_related("person", *also).order_by("role", "position", "pk")
    return Prefetch("members", queryset=found, to_attr="roster")


def entries_of(actor: Actor, event: Event) -> QuerySet[Entry]:
    """The entries of an event that the actor may see, with school and roster, by school and team."""
    found: QuerySet[Entry] = (
        Entry.objects.visible_to(actor)
        .filter(event=event)
        .select_related("school", "event")
        .prefetch_related(live_members())
        .order_by("school__name", "team_number", "pk")
    )
    return found


def filtered(entries: QuerySet[Entry], *, state: str = "", school: str = "") -> QuerySet[Entry]:
    """Narrow a list of entries; an empty filter means all. school: words of its name."""
    if state:
        entries = entries.filter(state=state)
    if school:
        entries = entries.filter(school__name__icontains=school)
    return entries


def entry_of(actor: Actor, uid: UUID | str) -> Entry:
    found: list[Entry] = list(
        Entry.objects.visible_to(actor)
        .filter(uid=uid)
        .select_related("school", "event__rule_set", "event__edition__rule_set", "event__leading_group")
        .prefetch_related(live_members())
    )
    if not found:
        raise NotFound
    return found[0]


def entries_entered_by(actor: Actor) -> QuerySet[Entry]:
    """Everything the actor's person or school takes part in, across events, the newest first."""
    found: QuerySet[Entry] = (
        Entry.objects.visible_to(actor)
        .exclude(state__in=("withdrawn", "rejected"))
        .select_related("school", "event__edition")
        .prefetch_related(live_members())
        .order_by("-pk")
    )
    return found


def rosters_of(actor: Actor, event: Event, states: tuple[str, ...] = TAKING_PART) -> list[Roster]:
    """Who takes part, with names in clear: for results after decoding and for certificates."""
    found = entries_of(actor, event).filter(state__in=states)
    return [
        Roster(
            entry,
            entry.school,
            entry.team_number,
            [RosterMember(m.uid, m.person, m.role, m.reveal("name")) for m in roster(entry)],
        )
        for entry in found
    ]


def roster(entry: Entry) -> list[Member]:
    """The live members of an entry read with `live_members()`."""
    found: list[Member] = entry.roster  # type: ignore[attr-defined]
    return found


def counts_of(entry: Entry) -> Counter[str]:
    return Counter(member.role for member in roster(entry))


def teams_of(event: Event, school: Organisation) -> QuerySet[Entry]:
    """The school's standing teams in the event."""
    return Entry.objects.filter(event=event, school=school).exclude(state="withdrawn")


def own_school(actor: Actor) -> Organisation | None:
    """The school that a coordinator acts for."""
    if actor.role != Role.SCHOOL_COORDINATOR:
        return None
    return Organisation.objects.filter(uid=actor.scope_key(ScopeKind.ORGANISATION) or UUID(int=0)).first()


def import_of(actor: Actor, uid: UUID | str) -> EntryImport:
    found: EntryImport | None = (
        EntryImport.objects.visible_to(actor).filter(uid=uid).select_related("event__rule_set", "school", "job").first()
    )
    if found is None:
        raise NotFound
    return found


def imports_of(actor: Actor, event: Event) -> QuerySet[EntryImport]:
    found: QuerySet[EntryImport] = (
        EntryImport.objects.visible_to(actor).filter(event=event).exclude(state="discarded").order_by("-pk")
    )
    return found


def state_counts(actor: Actor, event: Event) -> dict[str, Any]:
    """How many entries of the event are in each state."""
    return Counter(Entry.objects.visible_to(actor).filter(event=event).values_list("state", flat=True))


@dataclass(frozen=True, slots=True)
class Concerned:
    """Entries that stand, those of them that are submitted or further, and the schools they are of."""

    entries: int
    submitted: int
    schools: int


def concerned_by(actor: Actor, thing: Event | Edition) -> Concerned:
    """How much hangs on the rules of an event, or on what holds over all events of an edition."""
    of = Q(event=thing) if isinstance(thing, Event) else Q(event__edition=thing)
    found = Entry.objects.visible_to(actor).filter(of).exclude(state="withdrawn")
    counts = found.aggregate(
        entries=Count("pk", distinct=True),
        submitted=Count("pk", filter=Q(state__in=TAKING_PART), distinct=True),
        schools=Count("school", distinct=True),
    )
    return Concerned(**counts)


def contestants_between(group: Group, first: date, last: date) -> int:
    """Contestants in submitted entries of the events that the group led in those years, for the yearly report."""
    years = (first.year, last.year)
    found = Member.objects.filter(role="contestant", ended_at=None, event__leading_group=group)
    found = found.filter(event__edition__year__range=years).exclude(event__state="cancelled")
    return found.filter(entry__state__in=TAKING_PART).count()
