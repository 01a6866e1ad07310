"""Invented people of the demo season; their numbers have a right check digit and belong to nobody."""

from __future__ import annotations

from stdnum.cn.ric import calc_check_digit

from competitions.registration.rulebook import EntryDraft, MemberDraft

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    *("子涵", "雨桐", "浩然", "思远", "佳怡", "明轩", "欣妍", "俊杰"),
    *("诗琪", "文博", "梓萱", "嘉豪", "静怡", "志强", "雪梅", "建国"),
)


def _number(n: int, year: int) -> str:
    body = f"410100{year}{n % 12 + 1:02d}{n % 28 + 1:02d}{n % 1000:03d}"
    return body + str(calc_check_digit(body + "0"))


def member(n: int, role: str, born: int = 0) -> MemberDraft:
    """The n-th invented person. born: the year; 0: that of a student or of a teacher."""
    year = born or (2005 if role == "contestant" else 1985)
    number = _number(n, year)
    return MemberDraft(
        role=role,
        name=FAMILY[n % len(FAMILY)] + GIVEN[(n * 7) % len(GIVEN)],
        id_number=number,
        sex="M" if int(number[16]) % 2 else "F",
        phone=f"138{n:08d}",
        study_number=f"2024{n:06d}" if role == "contestant" else "",
        major_code="510205" if role == "contestant" else "",
        major_name="大数据技术" if role == "contestant" else "",
        grade="2024级" if role == "contestant" else "",
    )


def team(school_uid: str, first: int, platform: str) -> EntryDraft:
    """A complete team of three contestants, two instructors and a leader."""
    roles = ("contestant", "contestant", "contestant", "instructor", "instructor", "leader")
    members = tuple(member(first + n, role) for n, role in enumerate(roles))
    return EntryDraft(school=school_uid, tech_platform=platform, members=members)
