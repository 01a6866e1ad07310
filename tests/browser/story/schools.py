"""The story of a school's registration: what stands before it, the workbook as filled in, and readings of the rows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PIL import Image

from tests.registration.world import id_number

CODE = "GZ-2027-021"
SCHOOL = "许昌职业技术学院"
TEAMS, SIZE = 12, 2
FIRST = 4  # the first row below the header
WRONG = {f"K{FIRST}", f"E{FIRST + 2}", f"P{FIRST + 4}"}


def begin() -> dict[str, str]:
    """An event that registers teams of two, and the school that enters twelve."""
    from datetime import timedelta

    from backend.core import clock
    from backend.people.models import Group
    from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
    from tests.factories import organisation

    lead = organisation("河南信息职教学院")
    group = Group.objects.create(
        code="21", number=21, name="河南软件服务职教集团", lead_school=lead, major_category="51"
    )
    contest = Contest.objects.create(code="ENTERED", name="河南省高职技能大赛（学校报名）")
    edition = Edition.objects.create(contest=contest, year=2027, name="2027年河南省高职技能大赛（学校报名）")
    team = {"contestants": SIZE, "contestants_min": SIZE, "teams_per_school_max": TEAMS}
    event = Event.objects.create(
        edition=edition,
        code=CODE,
        name="软件测试",
        leading_group=group,
        rule_set=RuleSet.objects.create(code=f"rules-{CODE}", title="规程", rules={"team": team}),
        state="registering",
        registration_closes_at=clock.now() + timedelta(days=9),
    )
    Round.objects.create(event=event)
    return {"school": str(organisation(SCHOOL).uid)}


def states() -> dict[str, int]:
    """How many teams of the event are in which state."""
    from django.db.models import Count

    from competitions.registration.models import Entry

    counted = Entry.objects.filter(event__code=CODE).values_list("state").annotate(n=Count("pk"))
    return dict(counted)


def close_in(*, minutes: int) -> None:
    """Registration closes so many minutes from now (before now: it is over)."""
    from datetime import timedelta

    from backend.core import clock
    from competitions.contests.models import Event

    Event.objects.filter(code=CODE).update(registration_closes_at=clock.now() + timedelta(minutes=minutes))


def fill_in(template: Path, file: Path) -> Path:
    """The template as the school filled it in, with three mistakes in three teams."""
    book = load_workbook(template)
    page = book["报名表"]
    titles = {page.cell(3, n).value: n for n in range(1, page.max_column + 1)}
    for n in range(TEAMS * SIZE):
        told: dict[str, Any] = {"参赛学校": SCHOOL, "参赛队序号": str(n // SIZE + 1), "角色": "选手"}
        told |= {"姓名": f"人{n}", "证件类型": "居民身份证", "证件号码": number(n), "手机号": f"139{n:08d}"}
        for title, value in told.items():
            page.cell(FIRST + n, titles[title]).value = value
    page.cell(FIRST, titles["证件号码"]).value = miscopied(number(0))
    page.cell(FIRST + 2, titles["参赛学校"]).value = f"{SCHOOL}分校"
    page.cell(FIRST + 4, titles["手机号"]).value = "12345"
    book.save(file)
    return file


def number(n: int) -> str:
    """Of the n-th person; all are grown up."""
    return id_number(n, "20060601")


def miscopied(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def photo() -> bytes:
    """A plain picture of the size that a photo needs."""
    kept = io.BytesIO()
    Image.new("RGB", (413, 579), "#8fa3b8").save(kept, "JPEG")
    return kept.getvalue()
