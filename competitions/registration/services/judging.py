"""Drafts held against what stands in the event and against its rules: read only, the same for forms and workbooks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from backend.core import clock
from backend.people.enums import IdType
from backend.people.rulebook import is_mobile, read_id_number
from backend.people.selectors import merged_keys
from backend.people.services import id_number_index
from competitions.contests.models import Event
from competitions.contests.selectors import rules_of
from competitions.registration.models import FIXED, Entry, Member
from competitions.registration.rulebook import (
    SEX_LETTERS,
    Claim,
    EntryDraft,
    Finding,
    MemberDraft,
    Standing,
    judge_member,
    judge_people,
    judge_rows,
)
from competitions.registration.rulebook.quotas import Position
from competitions.registration.rulebook.topics import TOPICS

Place = tuple[str, int]  # organisation uid, team number
Redirects = Mapping[str, str]  # key of a person recorded twice → of the one that counts
OPEN_FIELDS = ("sex", "major_code", "major_name", "grade", "remark")
SEALED_FIELDS = ("name", "phone", "study_number")
BATCH = 2_000
_LENGTHS = {"name": 50, "phone": 20, "study_number": 40, "major_code": 10, "major_name": 60, "grade": 20, "remark": 200}


@dataclass(slots=True)
class Line:
    """One person of one draft on their way into the event.

    stands: the member they already are in that team; changes: keys of what then differs.
    """

    place: Place
    platform: str
    member: MemberDraft
    readable: bool = True  # the number can be compared
    person: str = ""
    apart: bool = False  # the person is judged over the whole list, of which these lines are a part
    stands: Member | None = None
    changes: list[str] = field(default_factory=list)
    topics: Mapping[str, str] = field(default_factory=dict)

    @property
    def stated_sex(self) -> str:
        """The sex as the number says it, where it does."""
        reading = read_id_number(self.member.id_number, IdType(self.member.id_type))
        return SEX_LETTERS[reading.sex] if reading.sex else ""


@dataclass(slots=True)
class Field:
    """What already stands in an event. schools: uids of those it was read for."""

    entries: dict[Place, Entry]
    members: list[Member]
    schools: frozenset[str]

    def place_of(self, member: Member) -> Place:
        return str(member.entry.school.uid), member.entry.team_number


def read_field(event: Event, schools: Iterable[str]) -> Field:
    """The standing teams of some schools in an event and their live members, in two queries.

    A form of one team must not read thousands: `judge` adds who of its people stands with another school.
    """
    of = frozenset(schools)
    teams = Entry.objects.filter(event=event, school__uid__in=of).exclude(state="withdrawn").select_related("school")
    entries = _by_place(teams)
    return Field(entries, list(_live(event).filter(entry__school__uid__in=of)) if entries else [], of)


def _by_place(teams: Iterable[Entry]) -> dict[Place, Entry]:
    return {(str(e.school.uid), e.team_number): e for e in teams}


def _live(event: Event) -> QuerySet[Member]:
    found = Member.objects.filter(event=event, ended_at=None).exclude(entry__state="withdrawn")
    return found.select_related("person__merged_into", "entry__school")


def _add_elsewhere(event: Event, lines: Sequence[Line], standing: Field, redirects: Redirects) -> None:
    """Who of these people stands with a school that the field was not read for, under any of their numbers."""
    asked = {line.person for line in lines if line.person}
    keys = asked | {merged for merged, counts in redirects.items() if counts in asked}
    numbers = sorted(key.partition(":")[2] for key in keys)
    for start in range(0, len(numbers), BATCH):
        some = _live(event).filter(person__id_number_index__in=numbers[start : start + BATCH])
        standing.members += some.exclude(entry__school__uid__in=standing.schools)


def lines_of(drafts: Sequence[EntryDraft], standing: Field) -> list[Line]:
    """The drafts' members as lines, each with its own row number; a kept member gets the number that is known."""
    kept = {str(m.uid): m for m in standing.members}
    lines: list[Line] = []
    for draft in drafts:
        place = (draft.school, draft.team_number)
        topics = {key: word for key in TOPICS if (word := getattr(draft, key))}
        for member in draft.members:
            number = member.row or len(lines) + 1
            known = kept.get(member.kept)
            if known is not None and not member.id_number:
                person = known.person
                member = replace(member, id_number=person.reveal("id_number"), id_type=person.id_type)
            lines.append(Line(place, draft.tech_platform, replace(member, row=number), topics=topics))
    return lines


@dataclass(slots=True)
class InParts:
    """What the parts of a long list share that are judged one after the other.

    apart: keys of the people whom several parts name (`judge_apart`); positions: where the holders of a quota stand
    with what the parts before have taken, by scope and unit.
    """

    apart: Collection[str] = ()
    positions: dict[tuple[str, str], dict[str, Position]] = field(default_factory=dict)


def judge(
    event: Event, lines: Sequence[Line], standing: Field, whole: Iterable[Place] = (), apart: Collection[str] = ()
) -> list[Finding]:
    """Everything wrong with the lines; on the way each line learns who it already is and what it would change.

    whole: teams whose roster is replaced, so that their present members claim nothing.
    """
    rules, today = rules_of(event), clock.today()
    replaced = set(whole)
    claims, counted = _claims(event, lines, standing, replaced, apart)
    findings = [f for line in lines for f in _alone(line, judge_member(line.member, rules.age, today))]
    findings += judge_rows(claims, counted, rules.team, event.tech_platforms, set(standing.entries) - replaced)
    findings += _submitted(lines, standing)
    return findings


def judge_apart(event: Event, lines: Sequence[Line], standing: Field) -> list[Finding]:
    """Who is named twice, of people whom several parts of a list name; lines: of theirs, over all of it."""
    return list(judge_people(*_claims(event, lines, standing, set(), ())))


def _claims(
    event: Event, lines: Sequence[Line], standing: Field, replaced: set[Place], apart: Collection[str]
) -> tuple[list[Claim], list[Standing]]:
    """What the lines claim and what counts before them."""
    redirects = redirects_now()
    for line in lines:
        if line.readable:
            line.person = person_of_member(line.member, redirects)
            line.apart = line.person in apart
    _add_elsewhere(event, lines, standing, redirects)
    known = _recognise(lines, standing)
    moved = {line.stands.pk for line in lines if line.stands and "role" in line.changes}
    counted = [
        _standing(m, standing) for m in standing.members if m.pk not in moved and standing.place_of(m) not in replaced
    ]
    return [_claim(line, id(line) in known and line.place not in replaced) for line in lines], counted


def redirects_now() -> Redirects:
    """Of everybody who was recorded twice and merged."""
    return {_key(*merged): _key(*counts) for merged, counts in merged_keys().items()}


def person_of_member(member: MemberDraft, redirects: Redirects) -> str:
    """The key of the person that counts, "" without a number."""
    key = person_key(member.id_type, member.id_number) if member.id_number else ""
    return redirects.get(key, key)


def person_key(id_type: str, number: str) -> str:
    """How a person is compared without their number."""
    return _key(id_type, id_number_index(number))


def _key(id_type: str, index: str) -> str:
    return f"{id_type}:{index}"


def _key_of(member: Member) -> str:
    """Of the person that counts: one recorded twice is the same human under both numbers."""
    person = member.person.canonical
    return _key(person.id_type, person.id_number_index)


def _alone(line: Line, findings: list[Finding]) -> list[Finding]:
    member = line.member
    if member.phone and not is_mobile(member.phone):
        findings.append(Finding("PHONE_SHAPE", "phone", member.row))
    for key, length in _LENGTHS.items():
        if len(getattr(member, key)) > length:
            findings.append(Finding("TOO_LONG", key, member.row, {"limit": str(length)}))
    return findings


def _standing(member: Member, standing: Field) -> Standing:
    return Standing(*standing.place_of(member), member.role, _key_of(member), member.entry.tech_platform)


def _claim(line: Line, known: bool) -> Claim:
    person = "" if line.apart else line.person
    return Claim(line.member.row, *line.place, line.member.role, person, line.platform, known)


def _recognise(lines: Sequence[Line], standing: Field) -> set[int]:
    """Match lines with members of the same team and person, of the same role first; who keeps the role is known."""
    by_person: dict[tuple[Place, str], list[Member]] = defaultdict(list)
    for member in standing.members:
        by_person[standing.place_of(member), _key_of(member)].append(member)
    known: set[int] = set()
    rounds: tuple[Callable[[Line, Member], bool], ...] = (
        lambda line, member: line.member.role == member.role,
        lambda line, member: bool(line.member.role),
    )
    for fits in rounds:
        for line in lines:
            mine = by_person.get((line.place, line.person), [])
            found = None if line.stands or not line.person else next((m for m in mine if fits(line, m)), None)
            if found is not None:
                mine.remove(found)
                line.stands, line.changes = found, _changes(line, found)
                if found.role == line.member.role:
                    known.add(id(line))
    return known


def _changes(line: Line, member: Member) -> list[str]:
    """Keys of what a line would change; an empty cell leaves what stands."""
    draft = line.member
    changed = [key for key in SEALED_FIELDS if getattr(draft, key) not in ("", member.reveal(key))]
    changed += [key for key in OPEN_FIELDS if getattr(draft, key) not in ("", getattr(member, key))]
    if draft.role != member.role:
        changed.append("role")
    if line.platform not in ("", member.entry.tech_platform):
        changed.append("tech_platform")
    changed += [key for key, word in line.topics.items() if word not in ("", getattr(member.entry, key))]
    return changed


def _submitted(lines: Sequence[Line], standing: Field) -> list[Finding]:
    """A submitted team takes no row that would change it."""
    fixed = {place for place, entry in standing.entries.items() if entry.state in FIXED}
    return [
        Finding("ENTRY_SUBMITTED", "team_number", line.member.row)
        for line in lines
        if line.place in fixed and (line.stands is None or line.changes)
    ]
