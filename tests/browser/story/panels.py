"""What the story of the panel builder needs in the server's database: sessions, a pool, and a tie of two years ago."""

from __future__ import annotations

from typing import Any

CODE, EARLIER = "GZ-2027-031", "GZ-2025-031"
TIED = 700


def begin() -> dict[str, str]:
    """Three parallel sessions, eighteen judges who agreed, and one whose former student now instructs a team."""
    from backend.core.actor import SYSTEM
    from backend.people.models import Group
    from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
    from competitions.registration import services as registration
    from competitions.registration.rulebook import EntryDraft, MemberDraft
    from tests.factories import organisation
    from tests.judges.world import RULES, judge, pool, sessions
    from tests.registration.world import id_number

    lead = organisation("河南装备职教学院")
    group = Group.objects.create(
        code="31", number=31, name="河南装备制造职教集团", lead_school=lead, major_category="51"
    )
    contest = Contest.objects.create(code="JUDGED", name="河南省高职技能大赛（组建裁判组）")
    events = {}
    for code, year in ((EARLIER, 2025), (CODE, 2027)):
        edition = Edition.objects.create(contest=contest, year=year, name=f"{year}年河南省高职技能大赛（组建裁判组）")
        rules = RuleSet.objects.create(code=f"rules-{code}", title="规程", rules=RULES)
        event = Event.objects.create(
            edition=edition, code=code, name="工业软件", leading_group=group, rule_set=rules, state="registering"
        )
        Round.objects.create(event=event)
        events[code] = event
    student = id_number(TIED + 1, "20050601")
    for code, school, people in (
        (
            EARLIER,
            organisation("焦作工业软件学院"),
            [("contestant", "学生甲", student), ("instructor", "裁判700", id_number(TIED, "19800601"))],
        ),
        (
            CODE,
            organisation("新乡工业软件学院"),
            [("contestant", "学生乙", id_number(TIED + 2, "20070601")), ("instructor", "学生甲", student)],
        ),
    ):
        members = tuple(MemberDraft(role, name, id_number=number) for role, name, number in people)
        draft = EntryDraft(str(school.uid), 1, "平台甲", members)
        registration.enter_many(actor=SYSTEM, event=events[code], drafts=[draft])
    sessions(events[CODE])
    pool(18, first=720, duties=["judge", "chief"])
    judge(TIED, "深圳七百公司", duties=["judge", "chief"])
    return {}


def seats() -> dict[str, Any]:
    """How many sit in each session, how many people that are."""
    from competitions.judges.models import Seat

    found = Seat.objects.filter(panel__round__event__code=CODE).select_related("panel", "judge")
    by_panel: dict[str, int] = {}
    for seat in found:
        by_panel[seat.panel.name] = by_panel.get(seat.panel.name, 0) + 1
    return {"sizes": by_panel, "people": len({seat.judge_id for seat in found})}
