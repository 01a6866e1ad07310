"""What stands before the day: the groups, an edition, and the accounts of its officers and of one school."""

from __future__ import annotations

from backend.accounts import services as accounts
from backend.config.demo import basics
from backend.core.actor import SYSTEM
from backend.people import services as people
from backend.people.models import Group, Organisation
from competitions.contests import services as contests

CODE = "GZ-2026-046"
SCHOOL = "黄河水利职业技术学院"


def before() -> dict[str, str]:
    """The chief judge and the supervisor have accounts, but no duty at the event, which is not set up yet."""
    people.load_groups(actor=SYSTEM)
    group = Group.objects.get(number=12)
    organiser = basics.account("organiser", "李老师", "organiser", group.ref)
    basics.account("school", "张老师", "school_coordinator", Organisation.objects.get(name=SCHOOL).ref)
    for name, shown in (("chief", "陈裁判长"), ("supervisor", "孙监督")):
        accounts.create_account(actor=SYSTEM, account_name=name, display_name=shown, password=basics.PASSWORD)
    contests.create_edition(
        actor=organiser,
        group=group,
        contest_code="PROV_HIGHER_VOC",
        contest_name="河南省高等职业教育技能大赛",
        year=2026,
        name="2026年河南省高等职业教育技能大赛",
    )
    return {"password": basics.PASSWORD}
