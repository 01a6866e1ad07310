"""A registration workbook, checked row by row against the event; nothing is written here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from backend.people.models import Organisation
from backend.people.selectors import match_organisations, name_key, propose_organisations
from backend.spreadsheets.columns import Fix, Row, SheetRows
from backend.spreadsheets.grid import Limits
from backend.spreadsheets.reader import read_sheet
from competitions.contests.models import Event
from competitions.registration.errors.texts import finding_text
from competitions.registration.imports import ReadRow, columns_for, read_row
from competitions.registration.rulebook import Finding
from competitions.registration.rulebook.topics import TopicClaim, topics_by_team
from competitions.registration.selectors.topics import topic_fields
from competitions.registration.services.judging import Line, Place, read_field
from competitions.registration.services.ruling import drafts_of, judge_entries

PROPOSALS = 50  # different unknown names of one file that get a proposal
STRANGERS = ("OTHER_EVENT", "OTHER_SCHOOL")
SURPLUS = ("TOO_MANY_CONTESTANTS", "TOO_MANY_INSTRUCTORS", "TOO_MANY_LEADERS", "TOO_MANY_TEAMS")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one cell; proposal: the recorded school that was probably meant."""

    cell: str
    code: str
    message: str
    proposal: str = ""
    params: Mapping[str, str] | None = None  # with them the message can be said again in another language
    other_row: int = 0


@dataclass(slots=True)
class CheckedRow:
    read: ReadRow
    school: Organisation | None
    line: Line | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.read.row.number

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def fixes(self) -> Sequence[Fix]:
        return self.read.fixes

    @property
    def place(self) -> Place | None:
        return self.line.place if self.line else None

    @property
    def kind(self) -> str:
        if self.line is None or self.line.stands is None:
            return "new"
        return "change" if self.line.changes else "known"

    @property
    def lost(self) -> bool:
        """Whether the team lacks this row; one that was too many is not missed."""
        return not self.ok and not all(p.code in SURPLUS for p in self.problems)


@dataclass(frozen=True, slots=True)
class CheckReport:
    sheet: SheetRows
    rows: list[CheckedRow]

    def lost_by_place(self) -> Counter[Place]:
        return Counter(row.place for row in self.rows if row.place and row.lost)

    def topics_by_place(self) -> dict[Place, dict[str, str]]:
        """What each team is about, whichever of its rows says so, a refused one too."""
        claims = (TopicClaim(row.number, row.place, row.read.topics) for row in self.rows if row.place)
        named = topics_by_team(claims)
        return {place: {key: word for key, (word, _row) in of.items()} for place, of in named.items()}


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
    sheet = read_sheet(content, columns_for(topic_fields(event)), limits=limits())
    reads = list(_reads(sheet.rows, event))
    schools = _schools({r.school for r in reads if r.school}, taken_names or {})
    rows = [CheckedRow(read, schools.get(read.school)) for read in reads]
    findings = _own_findings(rows, schools, school)
    strangers = {f.row for f in findings if f.code in STRANGERS}
    uids = {school.pk: str(school.uid) for school in schools.values()}  # one text for all rows of a school
    lines = [_line(row, strangers, uids) for row in rows]
    claimed = [line for line in lines if line]
    findings += judge_entries(event, drafts_of(claimed), claimed, read_field(event))
    _charge(rows, findings)
    return CheckReport(sheet, rows)


def _reads(rows: list[Row], event: Event) -> Iterator[ReadRow]:
    """Each row as understood; the typed one is let go, so that thousands are not held in two shapes."""
    rows.reverse()
    while rows:
        yield read_row(rows.pop(), event_code=event.code, division=event.division)


def _schools(names: set[str], taken: Mapping[str, str]) -> dict[str, Organisation]:
    ordered = sorted(names)
    found: dict[str, Organisation] = {}
    for start in range(0, len(ordered), 5_000):
        found |= match_organisations(ordered[start : start + 5_000])
    decided = {str(o.uid): o for o in Organisation.objects.filter(uid__in=set(taken.values()), ended_at=None)}
    return found | {name: decided[uid] for name, uid in taken.items() if uid in decided and name in names}


def _own_findings(
    rows: Iterable[CheckedRow], schools: Mapping[str, Organisation], only: Organisation | None
) -> list[Finding]:
    """What each row's own words leave wrong, its school among them."""
    proposals: dict[str, str] = {}
    findings: list[Finding] = []
    for row in rows:
        findings += row.read.findings
        name = row.read.school
        if not name:
            continue
        if name not in schools:
            if name not in proposals and len(proposals) < PROPOSALS:
                proposals[name] = _proposal(name)
            findings.append(Finding("SCHOOL_UNKNOWN", "school", row.number, _params(proposals.get(name, ""))))
        elif only is not None and schools[name].pk != only.pk:
            findings.append(Finding("OTHER_SCHOOL", "school", row.number))
    return findings


def _params(proposal: str) -> dict[str, str]:
    return {"proposal": proposal} if proposal else {}


def _proposal(name: str) -> str:
    """The recorded name that was probably meant: one contained in what was written, else the most similar."""
    near = propose_organisations(name)
    within = [n for n in near if name_key(n) in name_key(name)]
    return next(iter(within or near), "")


def _line(row: CheckedRow, strangers: set[int], uids: Mapping[int, str]) -> Line | None:
    """The row as a line of its team; what is for another event or school, or names no certain team, claims nothing."""
    read = row.read
    if row.school is None or not 1 <= read.team_number <= 999 or row.number in strangers:
        return None
    place = (uids[row.school.pk], read.team_number)
    readable = not read.row.broken("id_number")
    row.line = Line(place, read.tech_platform, read.member, readable=readable, topics=read.topics)
    return row.line


def _charge(rows: Sequence[CheckedRow], findings: Sequence[Finding]) -> None:
    """Put each finding at its cell; a cell that could not even be read is not judged again."""
    by_number: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_number[finding.row].append(finding)
    for row in rows:
        sheet_row = row.read.row
        row.problems = [Problem(e.cell, e.code, e.message) for e in sheet_row.errors]
        said = {(p.cell, p.code) for p in row.problems}
        for finding in by_number[row.number]:
            cell = sheet_row.cell(finding.field)
            if sheet_row.broken(finding.field) or (cell, finding.code) in said:
                continue
            said.add((cell, finding.code))
            proposal = finding.params.get("proposal", "")
            text, params = finding_text(finding), dict(finding.params)
            row.problems.append(Problem(cell, finding.code, text, proposal, params, finding.other_row))
