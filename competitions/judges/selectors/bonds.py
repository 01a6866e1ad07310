"""What ties a judge to the teams of an event, from facts that the house already holds: nobody has to remember them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.db.models.functions import Coalesce

from backend.people.enums import OrganisationKind
from backend.people.models import Organisation
from certificates.credentials.models import Credential
from competitions.contests.models import Event
from competitions.judges.enums import Tie
from competitions.judges.models import Declaration, Judge
from competitions.judges.rulebook import Bond
from competitions.registration.models import Entry, Member

TEACHING = ("instructor", "leader")
HUMAN = Coalesce("person__merged_into_id", "person_id")  # one recorded under two numbers is one


@dataclass(frozen=True, slots=True)
class _Part:
    """Somebody's part in an entry."""

    person: int
    entry: int
    role: str
    event: str
    school: int


def bonds_of(event: Event, judges: Iterable[Judge]) -> dict[int, tuple[Bond, ...]]:
    """The ties of each judge (by primary key) to the schools that take part in the event."""
    people = list(judges)
    prefetch_related_objects(people, "person__merged_into")
    return _Bonds(event, people).found() if people else {}


class _Bonds:
    """Six questions for any number of judges and teams."""

    def __init__(self, event: Event, judges: list[Judge]) -> None:
        self.event, self.judges = event, judges
        live = Entry.objects.filter(event=event).exclude(state="withdrawn")
        self.schools = {s.pk: s for s in Organisation.objects.filter(entries__in=live).distinct()}
        parts = _parts(Member.objects.filter(entry__in=live, ended_at=None))
        self.here: dict[int, list[_Part]] = defaultdict(list)
        for part in parts:
            self.here[part.person].append(part)
        self.bonds: dict[int, set[Bond]] = defaultdict(set)

    def found(self) -> dict[int, tuple[Bond, ...]]:
        for judge in self.judges:
            self._employed(judge)
        self._declared()
        self._together()
        return {pk: tuple(sorted(some, key=lambda b: (b.kind, b.school, b.facts))) for pk, some in self.bonds.items()}

    def _add(self, judge: Judge, kind: Tie, school: int, **facts: str) -> None:
        named = {"school": self.schools[school].name, **facts}
        self.bonds[judge.pk].add(Bond(kind, str(self.schools[school].uid), tuple(sorted(named.items()))))

    def _employed(self, judge: Judge) -> None:
        for pk, school in self.schools.items():
            if judge.unit_id == pk or judge.unit_key == school.name_key:
                firm = OrganisationKind.ENTERPRISE in (judge.unit_kind, school.kind)
                self._add(judge, Tie.SAME_FIRM if firm else Tie.SAME_SCHOOL, pk)
        for part in self.here.get(judge.person.canonical.pk, ()):
            self._add(judge, Tie.TAKES_PART, part.school)

    def _declared(self) -> None:
        by_pk = {j.pk: j for j in self.judges}
        said = Declaration.objects.filter(judge__in=by_pk, ended_at=None, school__in=self.schools)
        for judge, school in said.values_list("judge_id", "school_id"):
            self._add(by_pk[judge], Tie.DECLARED, school)

    def _together(self) -> None:
        """Former entries in which a judge and somebody of a present team took part together."""
        by_person = {j.person.canonical.pk: j for j in self.judges}
        earlier = Member.objects.exclude(event=self.event).exclude(entry__state="withdrawn")
        own = _parts(earlier.filter(Q(person__in=by_person) | Q(person__merged_into__in=by_person)))
        beside = _parts(earlier.filter(entry__in={p.entry for p in own}))
        rewarded = _rewarded(p for p in [*own, *beside] if p.person in by_person or p.person in self.here)
        others: dict[int, list[_Part]] = defaultdict(list)
        for part in beside:
            others[part.entry].append(part)
        for mine in own:
            self._coached_for(by_person[mine.person], mine)
            for other in others[mine.entry]:
                if other.person != mine.person:
                    self._knows(by_person[mine.person], mine, other, rewarded)

    def _coached_for(self, judge: Judge, mine: _Part) -> None:
        """Who coached or led a team of a school that now takes part."""
        if mine.role in TEACHING and mine.school in self.schools:
            self._add(judge, Tie.COACHED, mine.school, event=mine.event)
        elif mine.role == "contestant" and mine.school in self.schools:
            self._add(judge, Tie.FORMER_SCHOOL, mine.school, event=mine.event)

    def _knows(self, judge: Judge, mine: _Part, other: _Part, rewarded: set[tuple[int, str]]) -> None:
        kind = None
        if mine.role in TEACHING and other.role == "contestant":
            kind = Tie.FORMER_STUDENT
        elif mine.role == "contestant" and other.role in TEACHING:
            kind = Tie.WAS_STUDENT
        won = {(mine.person, mine.event), (other.person, mine.event)} & rewarded
        for now in self.here.get(other.person, ()):
            if kind is not None:
                self._add(judge, kind, now.school, event=mine.event, role=now.role)
            if won:
                self._add(judge, Tie.AWARDED_TOGETHER, now.school, event=mine.event, role=now.role)


def _parts(members: object) -> list[_Part]:
    rows = members.annotate(human=HUMAN).values_list("human", "entry_id", "role", "event__code", "entry__school_id")  # type: ignore[attr-defined]
    return [_Part(*row) for row in rows]


def _rewarded(parts: Iterable[_Part]) -> set[tuple[int, str]]:
    """(person, event code) of valid award certificates."""
    some = list(parts)
    people = {p.person for p in some}
    held = Credential.objects.filter(Q(holder__in=people) | Q(holder__merged_into__in=people), state="valid")
    found = held.filter(event_code__in={p.event for p in some})
    human = Coalesce("holder__merged_into_id", "holder_id")
    return set(found.annotate(human=human).values_list("human", "event_code"))
