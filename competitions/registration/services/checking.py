"""A registration workbook, checked row by row against the event; nothing is written here.

Memory does not grow with the list: its rows are packed, and judged some schools at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings

from backend.people.models import Organisation
from backend.people.selectors import match_organisations, name_key, propose_organisations
from backend.spreadsheets.grid import Limits
from backend.spreadsheets.reader import open_sheet
from competitions.contests.models import Event
from competitions.registration.errors.texts import finding_text
from competitions.registration.imports import ReadRow, columns_for
from competitions.registration.rulebook import Finding
from competitions.registration.rulebook.topics import TopicClaim, topics_by_team
from competitions.registration.selectors.topics import topic_fields
from competitions.registration.services.checked import CheckedRow, CheckReport, Problem
from competitions.registration.services.judging import Field, InParts, Line, read_field, redirects_now
from competitions.registration.services.listing import Listed
from competitions.registration.services.ruling import drafts_of, judge_entries, judge_over_parts

PROPOSALS = 50  # different unknown names of one file that get a proposal
SURPLUS = ("TOO_MANY_CONTESTANTS", "TOO_MANY_INSTRUCTORS", "TOO_MANY_LEADERS", "TOO_MANY_TEAMS")


def limits() -> Limits:
    return Limits(max_bytes=settings.IMPORT_MAX_BYTES, max_rows=settings.IMPORT_MAX_ROWS)


def check_workbook(
    event: Event,
    content: bytes,
    *,
    school: Organisation | None = None,
    taken_names: Mapping[str, str] | None = None,
) -> CheckReport:
    """Read and judge a whole workbook. school: the only one whose rows are taken (a coordinator's list).

    taken_names: written school names that a person decided to mean an organisation, by uid. Raises SheetRefused.
    """
    sheet = open_sheet(content, columns_for(topic_fields(event)), limits())
    listed = Listed(redirects_now())
    listed.read(sheet.rows(limits()), event)
    schools = _schools(set(listed.piles) - {""}, taken_names or {})
    judge = _Judge(event, schools, school, listed.apart)
    over_parts = judge.apart(listed.rows_apart())
    report = CheckReport(sheet.name, sheet.letters)
    for reads in listed.parts(schools):
        for row in judge.part(reads, over_parts):
            report.add(row)
    return report


def _schools(names: set[str], taken: Mapping[str, str]) -> dict[str, Organisation]:
    ordered = sorted(names)
    found: dict[str, Organisation] = {}
    for start in range(0, len(ordered), 5_000):
        found |= match_organisations(ordered[start : start + 5_000])
    decided = {str(o.uid): o for o in Organisation.objects.filter(uid__in=set(taken.values()), ended_at=None)}
    return found | {name: decided[uid] for name, uid in taken.items() if uid in decided and name in names}


class _Judge:
    """Judges a list part by part. only: the one school whose rows are taken."""

    def __init__(
        self, event: Event, schools: Mapping[str, Organisation], only: Organisation | None, apart: set[str]
    ) -> None:
        self._event, self._schools, self._only = event, schools, only
        self._uids = {school.pk: str(school.uid) for school in schools.values()}  # one text for all rows of a school
        self._parts = InParts(apart)
        self._proposals: dict[str, str] = {}

    def apart(self, reads: Sequence[ReadRow]) -> dict[int, list[Finding]]:
        """Findings by row of the people whom several parts name."""
        lines = [line for read in reads if (line := self._line(read))]
        found: dict[int, list[Finding]] = defaultdict(list)
        for finding in judge_over_parts(self._event, lines, self._standing(lines)) if lines else ():
            found[finding.row].append(finding)
        return found

    def part(self, reads: Sequence[ReadRow], over_parts: Mapping[int, list[Finding]]) -> list[CheckedRow]:
        by_number = {read.row.number: [*self._own(read), *over_parts.get(read.row.number, ())] for read in reads}
        lines = {read.row.number: line for read in reads if (line := self._line(read))}
        claimed = list(lines.values())
        if claimed:
            standing = self._standing(claimed)
            for finding in judge_entries(self._event, drafts_of(claimed), claimed, standing, parts=self._parts):
                by_number[finding.row].append(finding)
        problems = {read.row.number: _problems(read, by_number[read.row.number]) for read in reads}
        return self._checked(reads, lines, problems)

    def _standing(self, lines: Iterable[Line]) -> Field:
        return read_field(self._event, {line.place[0] for line in lines})

    def _own(self, read: ReadRow) -> list[Finding]:
        """What the row's own words leave wrong, its school among them."""
        findings = list(read.findings)
        if read.school and read.school not in self._schools:
            proposal = self._proposal(read.school)
            findings.append(
                Finding("SCHOOL_UNKNOWN", "school", read.row.number, {"proposal": proposal} if proposal else {})
            )
        elif read.school and self._is_foreign(read):
            findings.append(Finding("OTHER_SCHOOL", "school", read.row.number))
        return findings

    def _is_foreign(self, read: ReadRow) -> bool:
        return self._only is not None and self._schools[read.school].pk != self._only.pk

    def _proposal(self, name: str) -> str:
        if name not in self._proposals and len(self._proposals) < PROPOSALS:
            self._proposals[name] = _proposal(name)
        return self._proposals.get(name, "")

    def _line(self, read: ReadRow) -> Line | None:
        """The row as a line of its team; what is for another event or school, or names no certain team, claims
        nothing.
        """
        other_event = any(f.code == "OTHER_EVENT" for f in read.findings)
        if read.school not in self._schools or other_event or self._is_foreign(read):
            return None
        if not 1 <= read.team_number <= 999:
            return None
        place = (self._uids[self._schools[read.school].pk], read.team_number)
        readable = not read.row.broken("id_number")
        return Line(place, read.tech_platform, read.member, readable=readable, topics=read.topics)

    def _checked(
        self, reads: Sequence[ReadRow], lines: Mapping[int, Line], problems: Mapping[int, tuple[Problem, ...]]
    ) -> list[CheckedRow]:
        lost = Counter(line.place for number, line in lines.items() if _is_lost(problems[number]))
        named = topics_by_team(TopicClaim(number, line.place, line.topics) for number, line in lines.items())
        rows = []
        for read in reads:
            line, school = lines.get(read.row.number), self._schools.get(read.school)
            place = line.place if line else None
            rows.append(
                CheckedRow(
                    read,
                    school.pk if school else None,
                    place,
                    _kind(line),
                    tuple(line.changes) if line else (),
                    problems[read.row.number],
                    lost[place] if place else 0,
                    {key: word for key, (word, _row) in named[place].items()} if place else {},
                )
            )
        return rows


def _kind(line: Line | None) -> str:
    if line is None or line.stands is None:
        return "new"
    return "change" if line.changes else "known"


def _is_lost(problems: Sequence[Problem]) -> bool:
    """Whether the team lacks this row; one that was too many is not missed."""
    return bool(problems) and not all(p.code in SURPLUS for p in problems)


def _proposal(name: str) -> str:
    """The recorded name that was probably meant: one contained in what was written, else the most similar."""
    near = propose_organisations(name)
    within = [n for n in near if name_key(n) in name_key(name)]
    return next(iter(within or near), "")


def _problems(read: ReadRow, findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Each finding at its cell; a cell that could not even be read is not judged again."""
    row = read.row
    problems = [Problem(e.cell, e.code, e.message) for e in row.errors]
    said = {(p.cell, p.code) for p in problems}
    for finding in findings:
        cell = row.cell(finding.field)
        if row.broken(finding.field) or (cell, finding.code) in said:
            continue
        said.add((cell, finding.code))
        proposal = finding.params.get("proposal", "")
        text, params = finding_text(finding), dict(finding.params)
        problems.append(Problem(cell, finding.code, text, proposal, params, finding.other_row))
    return tuple(problems)
