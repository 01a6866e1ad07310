"""The demo season's pool of judges, an event with three parallel sessions, and its proposed panels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from backend.config.demo.people import member, team
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.clock import SHANGHAI
from backend.people.models import Organisation
from backend.people.services import PersonDraft
from competitions.contests import services as contests
from competitions.contests.models import Event
from competitions.judges import services as judges
from competitions.judges.models import Judge
from competitions.judges.services import JudgeDraft
from competitions.registration import services as registration
from competitions.venues import services as venues
from competitions.venues.services import ItemDraft, add_session, add_stations

PANEL = {
    "nominations_max": 3,
    "own_staff": False,
    "duties": {"chief": 1, "encrypt": 2, "supervisor": 1},
    "skills": ["51"],
    "enterprise_share": "1/3",
    "firm_max": 1,
    "age_max": 65,
}
FIRMS = ("星河软件", "中原云科", "九章数据", "启明网络", "长风智能", "云帆信息", "盛世互联", "华创科技", "北辰系统")
SCHOOLS = (
    "深圳示范职院",
    "金华示范职院",
    "常州示范职院",
    "长沙示范职院",
    "成都示范职院",
    "济南示范职院",
    "西安示范职院",
)
PROVINCES = ("广东", "浙江", "江苏", "湖南", "四川", "山东", "陕西")
DUTIES = (["judge"], ["judge", "chief"], ["judge", "encrypt"], ["judge", "supervisor"])
COACH = 2004  # instructs the first team of the finished event; the pool has them too


def draft(n: int) -> JudgeDraft:
    """The n-th invented judge: every second one from an enterprise, every fifth from Henan."""
    who = member(5000 + n, "instructor")
    person = PersonDraft("resident", who.id_number, who.name, datetime(1985, 6, 1, tzinfo=SHANGHAI).date(), who.sex)
    firm = n % 2 == 0
    home = n % 5 == 4
    return JudgeDraft(
        person=person,
        unit_name=f"{FIRMS[n // 2 % len(FIRMS)]}（演示）" if firm else f"{SCHOOLS[n % len(SCHOOLS)]}（演示）",
        unit_kind="enterprise" if firm else "school",
        province="河南" if home else PROVINCES[n % len(PROVINCES)],
        phone=who.phone,
        title="高级工程师" if firm else "副教授",
        skill_level="高级技师" if firm else "技师",
        skills=["5102"] if n % 3 else ["51"],
        duties=DUTIES[n % len(DUTIES)],
    )


def fill_pool(organiser: Actor, size: int = 36) -> None:
    """Judges who have agreed, but for a few; one of them coached a team of the finished event."""
    coach = member(COACH, "instructor")
    known = replace(draft(size), person=PersonDraft("resident", coach.id_number, coach.name))
    for n, each in enumerate([*(draft(n) for n in range(size)), known]):
        judge = judges.record_judge(actor=organiser, draft=each)
        word = judges.invite(actor=organiser, judge=judge)
        if n % 9 != 8:
            judges.answer(word=word, consents=True)
        if n % 4 == 1:
            judges.record_service(actor=organiser, judge=judge, title="全国职业院校技能大赛", year=2025, duty="judge")


def fill_sessions(organiser: Actor, event: Event) -> None:
    """Three halls with sessions at the same time, in four weeks."""
    day = (clock.now() + timedelta(days=28)).astimezone(SHANGHAI).date()
    starts = datetime.combine(day, time(9), SHANGHAI)
    for n in (1, 2, 3):
        station = add_stations(actor=organiser, event=event, venue_name=f"{n}号厅", stations=f"{'ABC'[n - 1]}01-06")[0]
        add_session(
            actor=organiser,
            round=event.rounds.get(),
            venue=station.venue,
            name=f"第{n}组 上午场",
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
        )


def prepared(organiser: Actor, coordinator: Actor, school: Organisation, event: Event) -> None:
    """Teams (one instructed by a former student of a judge), a school's names, and panels to be confirmed."""
    others = Organisation.objects.filter(kind="school").exclude(pk=school.pk)
    schools = [*others.order_by("pk")[6:11], school]
    drafts = [team(str(s.uid), 3000 + n * 10, "平台甲") for n, s in enumerate(schools)]
    student = replace(member(2000, "contestant"), role="instructor", study_number="", major_code="", grade="")
    drafts[0] = replace(drafts[0], members=(*drafts[0].members[:4], student, drafts[0].members[5]))
    for entry in registration.enter_many(actor=organiser, event=event, drafts=drafts):
        registration.submit_entry(actor=organiser, entry=entry)
    for n in (60, 61):
        judges.nominate(actor=coordinator, event=event, school=school, draft=draft(n))
    contests.close_registration(actor=organiser, event=event)
    fill_sessions(organiser, event)
    plan_days(organiser, event)
    judges.propose(actor=organiser, round=event.rounds.get())


def plan_days(organiser: Actor, event: Event) -> None:
    """Places for the teams, and a schedule in two versions: the second moves the leaders' meeting."""
    for venue, platform in zip(event.venues.order_by("name"), (*event.tech_platforms, ""), strict=False):
        letter = "ABC"[int(venue.name[0]) - 1]
        equip = partial(venues.equip_stations, actor=organiser, event=event, venue=venue)
        equip(stations=f"{letter}01-{letter}05", platform=platform, spare=False)
        equip(stations=f"{letter}06", platform=platform, spare=True)
    venues.place_teams(actor=organiser, round=event.rounds.get())
    day = (clock.now() + timedelta(days=27)).astimezone(SHANGHAI).date()
    items = [_item(day, *line) for line in DAYS]
    made = [venues.add_item(actor=organiser, event=event, draft=draft) for draft in items]
    venues.publish_programme(actor=organiser, event=event)
    venues.change_item(actor=organiser, item=made[1], draft=replace(items[1], place="图书馆三楼会议室"))
    venues.publish_programme(actor=organiser, event=event, note="领队会换会场")


def _item(day: date, kind: str, after: int, begins: str, ends: str, place: str, audience: str) -> ItemDraft:
    at = day + timedelta(days=after)
    starts, ends_at = (datetime.combine(at, time.fromisoformat(t), SHANGHAI) for t in (begins, ends))
    return ItemDraft(kind, starts, ends_at, place=place, audience=audience.split(), responsible="赛项执委会")


DAYS = (
    ("check_in", 0, "09:00", "14:00", "实训楼大厅", "teams leaders"),
    ("leader_meeting", 0, "14:30", "15:30", "报告厅", "leaders"),
    ("judge_meeting", 0, "14:30", "16:00", "第二会议室", "judges"),
    ("venue_tour", 0, "16:30", "17:00", "各赛场", "teams leaders"),
    ("call_room", 1, "08:00", "08:40", "检录处", "teams"),
    ("appeal_window", 1, "12:00", "14:00", "仲裁室", "leaders"),
    ("scoring", 1, "14:00", "17:00", "评分室", "judges"),
    ("closing", 1, "17:30", "18:00", "报告厅", "public"),
)


def load(organiser: Actor, coordinator: Actor, school: Organisation, event: Event) -> None:
    """The whole of it."""
    fill_pool(organiser)
    prepared(organiser, coordinator, school, event)
    for uid in Judge.objects.filter(state="available").order_by("pk").values_list("uid", flat=True)[:1]:
        word = judges.invite(actor=SYSTEM, judge=Judge.objects.get(uid=uid))
        judges.declare(word=word, school_name=school.name, text="曾任该校兼职教师")
