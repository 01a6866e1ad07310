"""Who may enter: one person, the rows of a list among each other, a team as a whole. Plain values in, findings out."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.people.enums import IdType
from backend.people.rulebook import Sex, age_on, read_id_number
from competitions.contests.rulebook import AgeRules, TeamRules

CONTESTANT, INSTRUCTOR, LEADER = ROLES = ("contestant", "instructor", "leader")
SEX_LETTERS = {Sex.FEMALE: "F", Sex.MALE: "M"}


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person as a school writes them into an entry.

    row: the row of the sheet or the place on the form; sex: F, M or empty; kept: uid of a member whose person stays
    (its number then need not be written again).
    """

    role: str
    name: str
    id_number: str = ""
    id_type: str = IdType.RESIDENT
    sex: str = ""
    phone: str = ""
    study_number: str = ""
    major_code: str = ""
    major_name: str = ""
    grade: str = ""
    remark: str = ""
    row: int = 0
    kept: str = ""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One team of one school.

    school: the organisation's uid. lost_rows: rows of this team that a list could not give: the team is incomplete.
    whole: the members are the whole roster (a form), so that who is missing leaves the team; a list only adds.
    """

    school: str
    team_number: int = 1
    tech_platform: str = ""
    members: tuple[MemberDraft, ...] = ()
    lost_rows: int = 0
    whole: bool = False
    topic: str = ""
    topic_class: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the field that is charged, and the row. params never hold a personal value."""

    code: str
    field: str
    row: int
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
    other_row: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row claims in the event: a person (an opaque key, "" when unreadable) in a role of a team.

    known: the same person already stands in that team, so that the row takes no new place.
    """

    row: int
    school: str
    team: int
    role: str
    person: str = ""
    platform: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A membership that already counts in the event."""

    school: str
    team: int
    role: str
    person: str
    platform: str = ""


def judge_member(member: MemberDraft, age: AgeRules | None, today: date) -> list[Finding]:
    """What is wrong with one person, whatever else is in the list."""
    found = []
    if member.role not in ROLES:
        found.append(Finding("ROLE_UNKNOWN", "role", member.row))
    if not member.name.strip():
        found.append(Finding("BLANK", "name", member.row))
    if not member.id_number:
        found.append(Finding("BLANK", "id_number", member.row))
        return found
    reading = read_id_number(member.id_number, IdType(member.id_type), on=today)
    found += [Finding(f.code, "id_number", member.row, f.params) for f in reading.findings]
    if reading.sex and member.sex and SEX_LETTERS[reading.sex] != member.sex:
        found.append(Finding("SEX_OTHER_THAN_ID", "sex", member.row))
    if age and reading.birth_date and member.role == CONTESTANT:
        found += judge_age(reading.birth_date, age, member.row)
    return found


def judge_age(birth: date, rule: AgeRules, row: int = 0) -> Iterator[Finding]:
    """What an event's age limit says about a contestant."""
    years = age_on(birth, rule.on)
    on = rule.on.isoformat()
    if years > rule.max:
        yield Finding("AGE_ABOVE", "id_number", row, {"limit": str(rule.max), "on": on})
    elif years < rule.min:
        yield Finding("AGE_BELOW", "id_number", row, {"limit": str(rule.min), "on": on})


def judge_rows(
    claims: Sequence[Claim],
    standing: Iterable[Standing],
    team: TeamRules,
    platforms: Sequence[str] = (),
    teams_known: Iterable[tuple[str, int]] = (),
) -> list[Finding]:
    """What is wrong between rows, charged to the later one; what already stands comes before every row.

    platforms: the names a team chooses one of, () when there is nothing to choose. teams_known: teams of the event that
    already exist, also those without a member.
    """
    known = list(standing)
    return [
        *judge_people(claims, known),
        *_over_limit(claims, known, team),
        *_too_many_teams(claims, {*teams_known, *((s.school, s.team) for s in known)}, team.teams_per_school_max),
        *_platforms(claims, known, platforms),
    ]


def judge_people(claims: Iterable[Claim], standing: Iterable[Standing]) -> Iterator[Finding]:
    """A contestant is in an event once and holds no other role in it; an officer is in a team once in each role."""
    first: dict[str, list[tuple[int, str, tuple[str, int]]]] = defaultdict(list)
    for s in standing:
        first[s.person].append((0, s.role, (s.school, s.team)))
    for claim in claims:
        if not claim.person:
            continue
        place = (claim.school, claim.team)
        before = [b for b in first[claim.person] if not (claim.known and b[0] == 0 and b[2] == place)]
        clashes = [b for b in before if _clash((b[1], b[2]), (claim.role, place))]
        clash = next((b for b in clashes if b[0]), clashes[0] if clashes else None)  # a row tells more than the record
        if clash is not None:
            yield Finding("DUPLICATE_PERSON" if clash[0] else "ALREADY_ENTERED", "id_number", claim.row, {}, clash[0])
        first[claim.person].append((claim.row, claim.role, place))


def _clash(one: tuple[str, tuple[str, int]], other: tuple[str, tuple[str, int]]) -> bool:
    return CONTESTANT in (one[0], other[0]) or one == other


def _over_limit(claims: Sequence[Claim], standing: Sequence[Standing], team: TeamRules) -> Iterator[Finding]:
    limits = {CONTESTANT: team.contestants, INSTRUCTOR: team.instructors_max, LEADER: team.leaders_max}
    taken = Counter((s.school, s.team, s.role) for s in standing)
    for claim in claims:
        if claim.known or claim.role not in limits:
            continue
        place = (claim.school, claim.team, claim.role)
        taken[place] += 1
        if taken[place] > limits[claim.role]:
            yield Finding(f"TOO_MANY_{claim.role.upper()}S", "role", claim.row, {"limit": str(limits[claim.role])})


def _too_many_teams(claims: Sequence[Claim], known: set[tuple[str, int]], limit: int | None) -> Iterator[Finding]:
    teams: dict[str, list[int]] = defaultdict(list)
    for school, number in sorted(known):
        teams[school].append(number)
    for claim in claims:
        mine = teams[claim.school]
        if claim.team not in mine:
            mine.append(claim.team)
        if limit is not None and claim.team in mine[limit:] and (claim.school, claim.team) not in known:
            yield Finding("TOO_MANY_TEAMS", "team_number", claim.row, {"limit": str(limit)})


def _platforms(claims: Sequence[Claim], standing: Sequence[Standing], platforms: Sequence[str]) -> Iterator[Finding]:
    if not platforms:
        return
    chosen = {(s.school, s.team): (0, s.platform) for s in standing if s.platform}
    rewritten = {(c.school, c.team) for c in claims if c.known}
    for claim in claims:
        place = (claim.school, claim.team)
        if claim.platform not in platforms:
            code = "PLATFORM_UNKNOWN" if claim.platform else "PLATFORM_MISSING"
            yield Finding(code, "tech_platform", claim.row, {"choices": "、".join(platforms)})
            continue
        row, platform = chosen.get(place, (0, ""))
        if row == 0 and (not platform or place in rewritten):
            chosen[place] = (claim.row, claim.platform)
        elif platform != claim.platform:
            yield Finding("PLATFORM_DIFFERS", "tech_platform", claim.row, {}, row)


def gaps_of(counts: Mapping[str, int], team: TeamRules) -> list[tuple[str, int]]:
    """What a team lacks before it can be submitted: (role, how many)."""
    needed = {CONTESTANT: team.contestants_min, INSTRUCTOR: team.instructors_min, LEADER: team.leaders_min}
    return [(role, need - counts.get(role, 0)) for role, need in needed.items() if need > counts.get(role, 0)]


def surplus_of(counts: Mapping[str, int], team: TeamRules) -> list[tuple[str, int]]:
    """What a team has too many of: (role, how many)."""
    limits = {CONTESTANT: team.contestants, INSTRUCTOR: team.instructors_max, LEADER: team.leaders_max}
    return [(role, counts.get(role, 0) - most) for role, most in limits.items() if counts.get(role, 0) > most]
