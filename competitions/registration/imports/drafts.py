"""One row of the sheet as a draft: words become codes, what is certain is tidied, the rest is charged to its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backend.people.enums import IdType
from backend.spreadsheets.columns import Fix, Row
from competitions.registration.rulebook import Finding, MemberDraft
from competitions.registration.rulebook.topics import TOPICS

_ROLES = {"选手": "contestant", "指导教师": "instructor", "领队": "leader"}
_ROLES_ALSO = {
    "队员": "contestant",
    "参赛选手": "contestant",
    "参赛队员": "contestant",
    "学生": "contestant",
    "指导老师": "instructor",
    "教师": "instructor",
    "带队教师": "leader",
    "领队教师": "leader",
}
_SEXES = {"男": "M", "女": "F"}
_SEXES_ALSO = {"男生": "M", "女生": "F", "男性": "M", "女性": "F", "M": "M", "F": "F"}
_ID_TYPES = {
    "居民身份证": IdType.RESIDENT,
    "身份证": IdType.RESIDENT,
    "": IdType.RESIDENT,
    "港澳台居民居住证": IdType.HMT_RESIDENCE,
    "港澳居民来往内地通行证": IdType.HK_MACAU_PERMIT,
    "台湾居民来往大陆通行证": IdType.TAIWAN_PERMIT,
    "护照": IdType.PASSPORT,
    "其他": IdType.OTHER,
}
_DIVISIONS = {"中职组": "SECONDARY_STUDENT", "高职组": "HIGHER_STUDENT", "教师组": "TEACHER", "职工组": "EMPLOYEE"}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as understood.

    row: without its values, so that thousands are not held twice; school: the name as written; findings: what the words
    of this row alone leave wrong.
    """

    row: Row
    school: str
    team_number: int
    tech_platform: str
    member: MemberDraft
    findings: tuple[Finding, ...]
    fixes: tuple[Fix, ...]
    topics: Mapping[str, str]  # what the row says of the team's work, by topic field


def read_row(row: Row, *, event_code: str, division: str) -> ReadRow:
    """A typed row as a draft of the event; which school its name means is decided later."""
    findings: list[Finding] = []
    fixes = list(row.fixes)
    role = _word(row, "role", _ROLES, _ROLES_ALSO, fixes)
    sex = _word(row, "sex", _SEXES, _SEXES_ALSO, fixes)
    if row.text("role") and not role:
        findings.append(Finding("ROLE_UNKNOWN", "role", row.number))
    if row.text("sex") and not sex:
        findings.append(Finding("SEX_UNKNOWN", "sex", row.number))
    id_type = _ID_TYPES.get(row.text("id_type"))
    if id_type is None:
        findings.append(Finding("ID_TYPE_UNKNOWN", "id_type", row.number))
    findings += _event(row, event_code, division)
    team = row.integer("team_number") or 0
    if row.values["team_number"] is not None and not 1 <= team <= 999:
        findings.append(Finding("TEAM_NUMBER", "team_number", row.number))
    member = MemberDraft(
        role=role,
        name=row.text("name"),
        id_number=row.text("id_number"),
        id_type=id_type or IdType.RESIDENT,
        sex=sex,
        phone=row.text("phone"),
        row=row.number,
        **_details(row),
    )
    topics = {key: word for key in TOPICS if key in row.values and (word := row.text(key))}
    platform = row.text("tech_platform")
    school, bare = row.text("school"), replace(row, values={})
    return ReadRow(bare, school, team, platform, member, tuple(findings), tuple(fixes), topics)


_LENGTHS = {"study_number": 40, "major_code": 10, "major_name": 60, "grade": 20, "remark": 200}


def _details(row: Row) -> dict[str, str]:
    return {key: row.text(key)[:length] for key, length in _LENGTHS.items()}


def _word(row: Row, key: str, words: Mapping[str, str], also: Mapping[str, str], fixes: list[Fix]) -> str:
    """The code of a word; another word that means the same for certain is taken and told."""
    word = row.text(key).replace(" ", "").replace("\u3000", "")
    if word in also:
        fixes.append(Fix(row.cell(key), "WORD"))
    return words.get(word) or also.get(word, "")


def _event(row: Row, event_code: str, division: str) -> list[Finding]:
    found = []
    if row.text("event_code") and row.text("event_code").upper() != event_code.upper():
        found.append(Finding("OTHER_EVENT", "event_code", row.number, {"code": event_code}))
    other = _DIVISIONS.get(row.text("division"), division)
    if other != division:
        found.append(Finding("OTHER_DIVISION", "division", row.number))
    return found


ROLE_WORDS = {code: word for word, code in _ROLES.items()}
SEX_WORDS = {code: word for word, code in _SEXES.items()}
ID_TYPE_WORDS = {str(code): word for word, code in reversed(_ID_TYPES.items()) if word}
DIVISION_WORDS = {code: word for word, code in _DIVISIONS.items()}
