"""The secondary contest: from the school over the city to the province, with teams at every step of its review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from backend.config.demo import papers
from backend.config.demo import regulations as rules
from backend.config.demo.basics import PLATFORMS, SOURCE, account, drafted, held, opened
from backend.config.demo.people import member
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.documents import services as documents
from backend.documents.models import Document
from backend.people import services as people
from backend.people.models import Group, Organisation
from competitions.contests import services as contests
from competitions.contests.models import Edition, Event
from competitions.registration import services as registration
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import EntryDraft
from competitions.registration.services import RemarkDraft
from competitions.registration.services.inviting import Agreement, OwnWords

BUREAU = "开封市教育体育局（演示）"
OWN = "开封市电子信息学校（演示）"
SCHOOLS = (OWN, "开封市现代职业学校（演示）", "开封市机电工程学校（演示）", "杞县职业教育中心（演示）")
DIRECT = "河南省电子科技学校（演示）"  # reports to the province itself
REVIEWED = ("name", "id_number", "study_number", "major_name", "grade")
PAPERS = ("entry.photo", "entry.student_card", "entry.enrolment")
YOUNG = 16  # years: somebody has to agree for them


@dataclass(frozen=True, slots=True)
class Offices:
    """Who works on the secondary contest."""

    organiser: Actor
    bureau: Actor
    coordinator: Actor


def load(organiser: Actor, group: Group, bureau: Organisation, reviewer: Actor, final: Event) -> None:
    """The whole of it. final: the national event that the province leads to."""
    schools = [people.record_organisation(actor=SYSTEM, name=name) for name in SCHOOLS]
    for school in schools:
        people.set_oversight(actor=SYSTEM, organisation=school, bureau=bureau)
    direct = people.record_organisation(actor=SYSTEM, name=DIRECT)
    coordinator = account("school2", "冯老师", "school_coordinator", schools[0].ref)
    edition = _edition(organiser, group)
    event = _stages(organiser, group, edition, final)
    offices = Offices(organiser, reviewer, coordinator)
    _enter(offices, event, [*schools, direct])
    _too_few(organiser, group, edition, [*schools[1:3], direct])


def _edition(organiser: Actor, group: Group) -> Edition:
    """Named after this year, put off into the next one."""
    first = clock.today() + timedelta(days=20)
    edition = held(
        organiser,
        group,
        "PROV_SECONDARY",
        "河南省中等职业教育技能大赛",
        "Henan Secondary Vocational Skills Competition",
        family="PROV_SECONDARY",
        starts_on=first,
        ends_on=first + timedelta(days=3),
    )
    later = first + timedelta(days=90)
    contests.postpone_edition(
        actor=organiser,
        edition=edition,
        starts_on=later,
        ends_on=later + timedelta(days=3),
        reason="赛场改造尚未验收，推迟举行，报名结果保留。",
    )
    return edition


def _stages(organiser: Actor, group: Group, edition: Edition, final: Event) -> Event:
    """School, city, province: each leads to the next; answers with the province's event."""
    common = {"division": "SECONDARY_STUDENT", "rules_source": SOURCE}
    name, name_en = "网络搭建与应用", "Network Building"
    province = opened(
        organiser,
        group,
        edition,
        "ZZ-2026-018",
        name,
        name_en,
        rules=rules.SECONDARY_STUDENTS,
        stage="FINAL",
        promotes_to=final,
        **common,
    )
    city = held(
        organiser, group, "CITY_KAIFENG", "开封市中等职业学校技能大赛（演示）", "Kaifeng City Contest", family="CITY"
    )
    semi = opened(
        organiser,
        group,
        city,
        "KF-2026-018",
        f"{name}（市赛）",
        f"{name_en}, city stage",
        rules=rules.CITY_STUDENTS,
        level="CITY",
        stage="SEMI",
        promotes_to=province,
        **common,
    )
    school = held(
        organiser,
        group,
        "SCHOOL_KFDZ",
        "开封市电子信息学校学生技能节（演示）",
        "School contest",
        family="SCHOOL",
    )
    drafted(
        organiser,
        group,
        school,
        "XS-2026-018",
        f"{name}（校级初赛）",
        f"{name_en}, school stage",
        rules={**rules.CITY_STUDENTS, "promotion": rules.SCHOOL_STUDENTS["promotion"]},
        level="SCHOOL",
        stage="PRELIMINARY",
        promotes_to=semi,
        **common,
    )
    registration.set_review_plan(
        actor=organiser,
        event=province,
        steps=["bureau", "organiser"],
        reviewed_fields=REVIEWED,
        papers=PAPERS,
        corrections_close_at=clock.now() + timedelta(days=35),
        substitution_closes_at=clock.now() + timedelta(days=60),
        roster_confirmed=True,
    )
    return province


def _team(school: Organisation, n: int, number: int = 1) -> EntryDraft:
    """Two contestants (the second one a minor), an instructor and a leader."""
    born = clock.today().year
    people = (
        member(n, "contestant", born - 19),
        member(n + 1, "contestant", born - YOUNG),
        member(n + 2, "instructor"),
        member(n + 3, "leader"),
    )
    return EntryDraft(school=str(school.uid), team_number=number, tech_platform=PLATFORMS[0], members=people)


def _enter(offices: Offices, event: Event, schools: list[Organisation]) -> None:
    """A draft without consent, then teams returned by the bureau, before it, passed on by it, and approved."""
    drafts = [_team(schools[0], 8000), _team(schools[0], 8010, 2)]
    drafts += [_team(school, 8010 + 10 * n) for n, school in enumerate(schools[1:], 1)]
    draft, returned, _waiting, passed, behind, approved = registration.enter_many(
        actor=offices.organiser, event=event, drafts=drafts
    )
    _agree(offices.coordinator, returned)
    papers.hand_in(offices.coordinator, _contestants(draft)[:1], PAPERS)
    for entry in (returned, _waiting, passed, behind, approved):
        papers.hand_in(replace(offices.coordinator, scope=entry.school.ref), _contestants(entry), PAPERS)
        registration.submit_entry(actor=offices.organiser, entry=entry)
    _send_back(offices.bureau, returned)
    registration.approve_entries(actor=offices.bureau, entries=[passed, behind])
    registration.approve_entries(actor=offices.organiser, entries=[behind])
    registration.approve_entries(actor=offices.organiser, entries=[approved])


def _contestants(entry: Entry) -> list[Member]:
    return list(entry.members.filter(role="contestant", ended_at=None).order_by("position", "pk"))


def _agree(coordinator: Actor, entry: Entry) -> None:
    """The minor of the team filled in their own page, and their guardian agreed there."""
    young = _contestants(entry)[1]
    for handed in registration.invite(actor=coordinator, entry=entry):
        if handed.member.pk == young.pk:
            words = OwnWords("13800008011", young.reveal("study_number"))
            agreement = Agreement("张建国", "father", "13900008011")
            registration.complete_own(token=handed.token, words=words, agreement=agreement)


def _send_back(bureau: Actor, entry: Entry) -> None:
    """Field by field, and one paper refused."""
    first, second = _contestants(entry)
    paper = Document.objects.get(holder_uid=second.uid, kind="entry.enrolment", ended_at=None)
    documents.refuse(actor=bureau, document=paper, reason="学籍证明未盖教务章，请重新上传。")
    registration.return_entry(
        actor=bureau,
        entry=entry,
        reason="请按标注修改后重新提交。",
        remarks=[
            RemarkDraft("study_number", "学号与学籍系统不一致，请核对", first.uid),
            RemarkDraft("grade", "学籍显示为2025级", second.uid),
        ],
    )


def _too_few(organiser: Actor, group: Group, edition: Edition, schools: list[Organisation]) -> None:
    """Three teams when registration closed: flagged, and the organisers decide."""
    event = opened(
        organiser,
        group,
        edition,
        "ZZ-2026-021",
        "电子产品装调",
        "Electronic Products",
        rules=rules.SECONDARY_STUDENTS,
        rules_source=SOURCE,
        division="SECONDARY_STUDENT",
        cadence="even",
    )
    drafts = [_team(school, 8100 + 10 * n) for n, school in enumerate(schools)]
    for entry in registration.enter_many(actor=organiser, event=event, drafts=drafts):
        registration.submit_entry(actor=organiser, entry=entry)
    contests.close_registration(actor=organiser, event=event)
    registration.flag_short_events()
