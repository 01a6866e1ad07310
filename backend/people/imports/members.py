"""A group's list of members as it is kept on paper: columns, and rows as drafts with every error at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from backend.people.enums import MemberKind
from backend.people.rulebook import read_credit_code
from backend.spreadsheets.columns import CellError, Column, Kind, Row
from backend.spreadsheets.reader import read_sheet

COLUMNS = (
    Column("name", ("单位全称", "成员单位", "成员单位名称", "单位名称", "name"), required=True, filled=True),
    Column("kind", ("成员类别", "成员类型", "单位类型", "kind"), required=True, filled=True),
    Column("joined_on", ("加入日期", "加入时间", "joined"), kind=Kind.DATE),
    Column("council_role", ("理事会职务", "理事会任职", "理事会身份", "council role")),
    Column("contact", ("联系人", "联系人姓名", "contact")),
    Column("phone", ("联系电话", "电话", "联系方式", "phone")),
    Column("uscc", ("统一社会信用代码", "信用代码", "uscc"), kind=Kind.CODE),
    Column("fresh", ("新登记单位", "新登记", "new")),
)
KIND_WORDS = {  # as our own sheets write them; ALSO: as the groups' lists do
    MemberKind.SCHOOL: "职业院校",
    MemberKind.ASSOCIATION: "行业组织",
    MemberKind.COMPANY: "企事业单位",
    MemberKind.INSTITUTE: "科研院所",
    MemberKind.OTHER: "其他社会组织",
}
ALSO = {
    MemberKind.SCHOOL: ("学校", "院校", "中职学校", "高职院校", "本科院校", "技工院校"),
    MemberKind.ASSOCIATION: ("行业协会", "协会", "行业"),
    MemberKind.COMPANY: ("企业", "事业单位", "公司"),
    MemberKind.INSTITUTE: ("科研机构", "研究院所", "研究所"),
    MemberKind.OTHER: ("其他", "其他成员"),
}
_KINDS = {word: kind for kind, words in ALSO.items() for word in (KIND_WORDS[kind], *words)}
LONGEST = {"name": 100, "council_role": 40, "contact": 60, "phone": 40}
YES = ("是", "√", "Y", "y", "yes", "1")


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """One member as the sheet says it; row: for errors that only the register can tell."""

    name: str
    kind: str
    joined_on: date | None
    council_role: str
    contact: str
    phone: str
    uscc: str
    fresh: bool
    row: Row


def read_members(content: bytes, *, today: date) -> tuple[str, list[MemberDraft], list[CellError]]:
    """The sheet's name, every member and every error that the sheet alone tells."""
    sheet = read_sheet(content, COLUMNS)
    errors = list(sheet.errors)
    for row in sheet.rows:
        errors += _row_errors(row, today)
    return sheet.name, [_draft(row) for row in sheet.rows], errors


def _draft(row: Row) -> MemberDraft:
    joined = row.values["joined_on"]
    return MemberDraft(
        name=row.text("name"),
        kind=_KINDS.get(_word(row), ""),
        joined_on=joined if isinstance(joined, date) else None,
        council_role=row.text("council_role"),
        contact=row.text("contact"),
        phone=row.text("phone"),
        uscc=row.text("uscc").upper(),
        fresh=row.text("fresh") in YES,
        row=row,
    )


def _word(row: Row) -> str:
    return "".join(row.text("kind").split())


def _row_errors(row: Row, today: date) -> Sequence[CellError]:
    errors = []
    if _word(row) and _word(row) not in _KINDS:
        told = _("Write one of: %(words)s.") % {"words": "、".join(KIND_WORDS.values())}
        errors.append(row.error("kind", "KIND_UNKNOWN", told))
    joined = row.values["joined_on"]
    if isinstance(joined, date) and joined > today:
        errors.append(row.error("joined_on", "DAY_AHEAD", _("This day is still to come.")))
    for key, longest in LONGEST.items():
        if len(row.text(key)) > longest:
            told = _("At most %(n)s characters stand here.") % {"n": longest}
            errors.append(row.error(key, "TOO_LONG", told))
    if row.text("uscc") and read_credit_code(row.text("uscc").upper()):
        told = _("This is no unified social credit code: 18 places, the last one a check digit.")
        errors.append(row.error("uscc", "USCC", told))
    if row.text("fresh") and row.text("fresh") not in (*YES, "否"):
        errors.append(row.error("fresh", "YES_OR_NO", _("Write 是 here, or nothing.")))
    return errors
