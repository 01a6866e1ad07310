"""The season: contests of every family, and events at every stage of their lives."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from backend.config.demo import doors, families, groups, hosting, judging, notices, regulations, reviewing, teaching
from backend.config.demo import secondary as schools
from backend.config.demo.basics import PASSWORD, account, fill, held, opened
from backend.config.demo.running import prepare, publish, reward, score
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.people import services as people
from backend.people.models import Group, Organisation
from competitions.boards.services import set_board_mode
from competitions.contests import services as contests
from competitions.contests.models import Edition


@transaction.atomic
def load() -> None:
    """Everything at once, or nothing."""
    people.load_groups(actor=SYSTEM)
    people.load_sample_catalogue(actor=SYSTEM)
    contests.load_families(actor=SYSTEM)
    group = Group.objects.get(number=12)
    organiser = account("organiser", "李老师", "organiser", group.ref)
    school = Organisation.objects.get(name="黄河水利职业技术学院")
    coordinator = account("school", "周老师", "school_coordinator", school.ref)
    secretary = account("secretary", "何秘书", "group_secretary", group.ref)
    groups.keep_affairs(secretary, group)
    groups.apply_for(coordinator, group, school)
    edition = held(
        organiser,
        group,
        "PROV_HIGHER_VOC",
        "河南省高等职业教育技能大赛",
        "Henan Higher Vocational Skills Competition",
        family="PROV_HIGHER_VOC",
        starts_on=clock.today() + timedelta(days=27),
        ends_on=clock.today() + timedelta(days=29),
    )
    _higher(organiser, coordinator, group, edition, school)
    hosting.load(organiser, secretary, coordinator, group, edition)
    _others(organiser, group, school)


def _higher(organiser: Actor, coordinator: Actor, group: Group, edition: Edition, school: Organisation) -> None:
    """The events of the higher vocational contest, from open to published."""
    first = opened(
        organiser,
        group,
        edition,
        "GZ-2026-046",
        "网站技术",
        "Web Technologies",
        rules=regulations.HIGHER_STUDENTS,
        stage="FINAL",
    )
    families.school_stage(organiser, group, first)
    today, past = clock.today(), clock.today() - timedelta(days=12)
    live = opened(organiser, group, edition, "GZ-2026-047", "移动应用开发", "Mobile Applications", starts_on=today)
    finished = opened(
        organiser, group, edition, "GZ-2026-012", "网页设计", "Web Design", cadence="even", starts_on=past
    )
    fill(organiser, live, teams=8, first=1000)
    fill(organiser, finished, teams=6, first=2000)
    score(prepare(organiser, live, "judge"), share=Decimal("0.6"))
    set_board_mode(actor=organiser, event=live, mode="coded")
    score(prepare(organiser, finished, "former-judge"), share=Decimal(1))
    publish(organiser, finished)
    reward(organiser, finished)
    notices.write(organiser, live)
    prepared = opened(organiser, group, edition, "GZ-2026-048", "云计算应用", "Cloud Computing")
    judging.load(organiser, coordinator, school, prepared)
    reviewed = opened(organiser, group, edition, "GZ-2026-051", "工业网络智能控制与维护", "Industrial Networks")
    reviewing.load(organiser, school, reviewed)
    arriving = opened(organiser, group, edition, "GZ-2026-055", "物联网应用", "Internet of Things", starts_on=today)
    fill(organiser, arriving, teams=7, first=4000)
    doors.load(organiser, arriving, PASSWORD)
    account("host", "承办院校赛务办", "organiser", arriving.ref)


def _others(organiser: Actor, group: Group, school: Organisation) -> None:
    """The other families: national with its selection, teaching, employees, secondary with its city."""
    finals = families.national(organiser, group)
    families.selection(organiser, group, finals)
    families.employees(organiser, group)
    teaching.load(organiser, group, school)
    bureau = people.record_organisation(actor=SYSTEM, name=schools.BUREAU, kind="bureau")
    reviewer = account("bureau", "赵老师", "bureau_reviewer", bureau.ref)
    schools.load(organiser, group, bureau, reviewer, finals.secondary)
