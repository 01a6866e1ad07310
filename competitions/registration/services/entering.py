"""The one way into an event: a form enters one team, a workbook many, through the same core."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from backend.audit.services import record_many
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.enums import IdType
from backend.people.models import Organisation
from backend.people.rulebook import read_id_number
from backend.people.services import PersonDraft, ensure_persons, id_number_index
from competitions.contests.models import Event
from competitions.contests.selectors import rules_of
from competitions.registration.errors import EnteredMeanwhile, EntriesRefused, EntryFixed, MembersFixed
from competitions.registration.errors.texts import finding_text
from competitions.registration.models import ENTRY, FIXED, Entry, Member
from competitions.registration.permissions import may_enter
from competitions.registration.rulebook import SEX_LETTERS, EntryDraft, Finding, MemberDraft, gaps_of
from competitions.registration.services.judging import (
    OPEN_FIELDS,
    SEALED_FIELDS,
    Field,
    Line,
    Place,
    lines_of,
    read_field,
)
from competitions.registration.services.opening import lock_schools, require_changeable, require_open
from competitions.registration.services.quotas import lock_quotas
from competitions.registration.services.ruling import judge_entries
from realtime.notices import touch

BATCH = 500
OWN = ["tech_platform", "topic", "topic_class"]  # what belongs to the team itself


@transaction.atomic
def enter_many(*, actor: Actor, event: Event, drafts: Sequence[EntryDraft]) -> list[Entry]:
    """Take teams into an event: new ones are made, standing ones are added to (or replaced, where a draft is whole).

    team_number 0 takes the school's next free number. All or nothing; returns one entry per draft, in order. The quota
    of a school is counted while its row is locked, so that two windows cannot both take the last place.
    Raises EntriesRefused with every finding at once, NotAllowed, RegistrationClosed, DeadlineOver, EntryFixed.
    """
    schools = lock_schools(draft.school for draft in drafts)
    event = Event.objects.select_related("rule_set", "edition__rule_set", "leading_group").get(pk=event.pk)
    for school in schools.values():
        require(may_enter(actor, event, school), _("You enter only your own school's people."))
    lock_quotas(event, schools.values())
    standing = read_field(event, schools)
    _require_open_for(actor, event, drafts, standing)
    drafts = _with_numbers(drafts, standing)
    whole = [(d.school, d.team_number) for d in drafts if d.whole]
    _refuse_fixed(whole, standing)
    lines = lines_of(drafts, standing)
    findings = judge_entries(event, drafts, lines, standing, whole)
    if findings:
        raise EntriesRefused(problems_by_place(findings))
    try:
        entries = _write(actor, event, drafts, lines, standing, schools)
    except IntegrityError as error:  # nothing more is asked of this transaction
        raise EnteredMeanwhile from error
    touch(f"bench:{event.code}")
    return entries


def rewrite_team(*, actor: Actor, event: Event, draft: EntryDraft, same_people: bool = False) -> Entry:
    """Write a whole roster over a team that was handed in already, inside the caller's transaction and under its locks.

    same_people: nobody comes or leaves. Raises EntriesRefused, MembersFixed.
    """
    standing = read_field(event, [draft.school])
    lines = lines_of([draft], standing)
    place = (draft.school, draft.team_number)
    findings = [f for f in judge_entries(event, [draft], lines, standing, [place]) if f.code != "ENTRY_SUBMITTED"]
    if findings:
        raise EntriesRefused(problems_by_place(findings))
    if same_people and {line.stands.pk if line.stands else None for line in lines} != {
        member.pk for member in standing.members if standing.place_of(member) == place
    }:
        raise MembersFixed
    schools = {draft.school: standing.entries[place].school}
    try:
        with transaction.atomic():
            return _write(actor, event, [draft], lines, standing, schools)[0]
    except IntegrityError as error:
        raise EnteredMeanwhile from error


def problems_by_place(findings: Sequence[Finding]) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        problems[f"{finding.row}.{finding.field}"].append(finding_text(finding))
    return dict(problems)


def _require_open_for(actor: Actor, event: Event, drafts: Sequence[EntryDraft], standing: Field) -> None:
    """Returned teams have their own time; one other team among them needs registration to be open."""
    entries = [standing.entries.get((draft.school, draft.team_number)) for draft in drafts]
    if not entries or any(entry is None or entry.state != "returned" for entry in entries):
        require_open(actor, event)
    for entry in entries:
        if entry is not None and entry.state == "returned":
            require_changeable(actor, entry)


def _with_numbers(drafts: Sequence[EntryDraft], standing: Field) -> list[EntryDraft]:
    taken = set(standing.entries) | {(d.school, d.team_number) for d in drafts}
    numbered = []
    for draft in drafts:
        if not draft.team_number:
            number = next(n for n in range(1, 1000) if (draft.school, n) not in taken)
            draft = replace(draft, team_number=number)
            taken.add((draft.school, number))
        numbered.append(draft)
    return numbered


def _refuse_fixed(whole: Sequence[Place], standing: Field) -> None:
    if any(standing.entries[place].state in FIXED for place in whole if place in standing.entries):
        raise EntryFixed


def _write(
    actor: Actor,
    event: Event,
    drafts: Sequence[EntryDraft],
    lines: Sequence[Line],
    standing: Field,
    schools: dict[str, Organisation],
) -> list[Entry]:
    by_place = _entries(event, drafts, standing, schools)
    _members(event, lines, by_place)
    _leave(drafts, lines, standing)
    _settle_states(event, drafts, lines, standing, by_place)
    added: Counter[Place] = Counter(line.place for line in lines if line.stands is None)
    new = ((e.ref, {"added": added[place]}) for place, e in by_place.items() if place not in standing.entries)
    changed = ((e.ref, {"added": added[place]}) for place, e in by_place.items() if place in standing.entries)
    record_many(actor=actor, action="entry.enter", facts=new, event_code=event.code)
    record_many(actor=actor, action="entry.change", facts=changed, event_code=event.code)
    return [by_place[d.school, d.team_number] for d in drafts]


def _entries(
    event: Event, drafts: Sequence[EntryDraft], standing: Field, schools: dict[str, Organisation]
) -> dict[Place, Entry]:
    by_place: dict[Place, Entry] = {}
    new, changed = [], []
    for draft in drafts:
        place = (draft.school, draft.team_number)
        entry = standing.entries.get(place)
        if entry is None:
            entry = Entry(event=event, school=schools[draft.school], team_number=draft.team_number)
            new.append(entry)
        else:
            changed.append(entry)
        for key in OWN:
            setattr(entry, key, getattr(draft, key) or getattr(entry, key))
        by_place[place] = entry
    Entry.objects.bulk_create(new, batch_size=BATCH)
    Entry.objects.bulk_update(changed, OWN, batch_size=BATCH)
    return by_place


def _members(event: Event, lines: Sequence[Line], by_place: dict[Place, Entry]) -> None:
    """A batch at a time, so that a list of ten thousand is never held as rows."""
    fresh = [(position, line) for position, line in enumerate(lines, start=1) if line.stands is None]
    persons = _persons([line for _position, line in fresh])
    for start in range(0, len(fresh), BATCH):
        Member.objects.bulk_create(
            _new_member(event, by_place[line.place], persons[_key_of(line)], position, line)
            for position, line in fresh[start : start + BATCH]
        )
    changed = [_filled(line.stands, line) for line in lines if line.stands is not None and line.changes]
    columns = [*OPEN_FIELDS, *(f"{key}_sealed" for key in SEALED_FIELDS), "role"]
    Member.objects.bulk_update(changed, columns, batch_size=BATCH)


def _new_member(event: Event, entry: Entry, person: int, position: int, line: Line) -> Member:
    return _filled(Member(entry=entry, event=event, person_id=person, position=position), line)


def _key_of(line: Line) -> tuple[str, str]:
    return line.member.id_type, id_number_index(line.member.id_number)


def _filled(member: Member, line: Line) -> Member:
    draft, fresh = line.member, line.stands is None
    member.role = draft.role
    for key in SEALED_FIELDS:
        if fresh or getattr(draft, key):
            member.put(key, getattr(draft, key))
    for key in OPEN_FIELDS:
        if fresh or getattr(draft, key):
            setattr(member, key, getattr(draft, key))
    member.sex = member.sex or line.stated_sex
    return member


def _persons(lines: Sequence[Line]) -> dict[tuple[str, str], int]:
    """Primary keys by (id type, index); made in the order of the indexes, so that two lists never wait in a circle."""
    by_key = {_key_of(line): line.member for line in lines}
    ordered = sorted(by_key, key=lambda key: (key[1], key[0]))
    found: dict[tuple[str, str], int] = {}
    for start in range(0, len(ordered), BATCH):
        drafts = [person_of(by_key[key]) for key in ordered[start : start + BATCH]]
        found |= {key: person.pk for key, person in ensure_persons(drafts).items()}
    return found


def person_of(draft: MemberDraft) -> PersonDraft:
    """Whom a member is, by what the number itself says."""
    reading = read_id_number(draft.id_number, IdType(draft.id_type))
    sex = SEX_LETTERS[reading.sex] if reading.sex else draft.sex
    return PersonDraft(draft.id_type, draft.id_number, draft.name, reading.birth_date, sex)


def _leave(drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field) -> None:
    """Who is no longer on a whole roster leaves; from a team that was never submitted without a trace."""
    whole = {(d.school, d.team_number) for d in drafts if d.whole}
    stay = {line.stands.pk for line in lines if line.stands}
    gone = [m for m in standing.members if standing.place_of(m) in whole and m.pk not in stay]
    Member.objects.filter(pk__in=[m.pk for m in gone if m.entry.submitted_at is None]).delete()
    ended = [m.pk for m in gone if m.entry.submitted_at is not None]
    Member.objects.filter(pk__in=ended).update(ended_at=clock.now())


def _settle_states(
    event: Event, drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field, by_place: dict[Place, Entry]
) -> None:
    """Draft or incomplete, by the roster as it now stands and by the rows a list could not give."""
    team = rules_of(event).team
    lost = {(d.school, d.team_number): d.lost_rows for d in drafts}
    counts = _counts(lines, standing, by_place)
    moved = []
    for place, entry in by_place.items():
        short = bool(gaps_of(counts[place], team)) or lost[place] > 0
        verb = "lose_member" if short else "complete"
        if entry.state not in FIXED and ENTRY.allows(entry.state, verb):
            entry.state = ENTRY.after(entry.state, verb)
            moved.append(entry)
    Entry.objects.bulk_update(moved, ["state"], batch_size=BATCH)


def _counts(lines: Sequence[Line], standing: Field, by_place: dict[Place, Entry]) -> dict[Place, Counter[str]]:
    """The roles in each team: a new one has the people of its lines, of the others it is read."""
    counts: dict[Place, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.place not in standing.entries:
            counts[line.place][line.member.role] += 1
    old = {entry.pk: place for place, entry in by_place.items() if place in standing.entries}
    pks = list(old)
    for start in range(0, len(pks), BATCH):
        rows = Member.objects.filter(entry__in=pks[start : start + BATCH], ended_at=None)
        for pk, role in rows.values_list("entry_id", "role"):
            counts[old[pk]][role] += 1
    return counts
