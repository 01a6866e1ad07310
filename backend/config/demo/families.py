"""Contests of every family that the groups host, with the stages that lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from backend.config.demo import regulations as rules
from backend.config.demo.basics import SOURCE, drafted, fill, held, opened
from backend.config.demo.running import prepare, publish, score
from backend.config.demo.scheme import SHORT
from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Group
from competitions.contests import services as contests
from competitions.contests.models import Event, Track
from competitions.results import services as results


@dataclass(frozen=True, slots=True)
class Finals:
    """The national events that provincial ones lead to."""

    secondary: Event
    higher: Event


def national(organiser: Actor, group: Group) -> Finals:
    """The 2024 model: tracks with groups; a contest for places, a ranking, and the champions' final."""
    edition = held(
        organiser,
        group,
        "WORLD_STUDENT",
        "世界职业院校技能大赛",
        "World Vocational College Skills Competition",
        family="NATIONAL_STUDENT",
        starts_on=clock.today() + timedelta(days=150),
        ends_on=clock.today() + timedelta(days=154),
    )
    track = contests.add_track(actor=organiser, edition=edition, code="01", name="新一代信息技术赛道（演示）")
    groups: list[Track] = [
        contests.add_track(actor=organiser, edition=edition, code=code, name=name, parent=track)
        for code, name in (("01-1", "软件与应用小组"), ("01-2", "网络与安全小组"))
    ]
    team = {"rules": rules.WORLD_TEAMS, "rules_source": rules.WORLD, "level": "NATIONAL", "tech_platforms": ()}
    champions = drafted(
        organiser,
        group,
        edition,
        "SJ-2026-013",
        "软件与应用 冠军总决赛",
        "Software, champions",
        stage="CHAMPION",
        **team,
    )
    ranking = drafted(
        organiser,
        group,
        edition,
        "SJ-2026-012",
        "软件与应用 排位赛",
        "Software, ranking",
        stage="RANKING",
        track=groups[0],
        promotes_to=champions,
        **team,
    )
    contest = {"stage": "CONTEST", "registration_closes_at": clock.now() + timedelta(days=90), **team}
    higher = opened(
        organiser,
        group,
        edition,
        "SJ-2026-011",
        "软件与应用 争夺赛（高职）",
        "Software, contest for places",
        track=groups[0],
        promotes_to=ranking,
        **contest,
    )
    secondary = opened(
        organiser,
        group,
        edition,
        "SJ-2026-021",
        "网络与安全 争夺赛（中职）",
        "Networks, contest for places",
        track=groups[1],
        division="SECONDARY_STUDENT",
        **contest,
    )
    return Finals(secondary, higher)


def selection(organiser: Actor, group: Group, finals: Finals) -> None:
    """A selection with a published ranking and no prizes; its best two are entered for the national contest."""
    edition = held(
        organiser,
        group,
        "SELECTION_HA",
        "世界职业院校技能大赛河南省选拔赛",
        "Henan Selection for the World Vocational College Skills Competition",
        family="SELECTION",
        starts_on=clock.today() - timedelta(days=9),
        ends_on=clock.today() - timedelta(days=8),
    )
    event = opened(
        organiser,
        group,
        edition,
        "XB-2026-011",
        "软件与应用（选拔）",
        "Software, selection",
        rules=rules.RANKED_ONLY,
        rules_source=rules.SELECTION,
        stage="SELECTION",
        promotes_to=finals.higher,
    )
    fill(organiser, event, teams=4, first=6000)
    score(prepare(organiser, event, "selection-judge", SHORT), share=Decimal(1))
    publish(organiser, event)
    results.promote(actor=organiser, event=event)


def employees(organiser: Actor, group: Group) -> None:
    """The provincial skills contest with its students' and employees' groups, and an industry's own contest."""
    province = held(
        organiser,
        group,
        "PROV_SKILLS",
        "河南省职业技能大赛",
        "Henan Vocational Skills Competition",
        family="PROV_SKILLS",
        starts_on=clock.today() + timedelta(days=75),
        ends_on=clock.today() + timedelta(days=78),
    )
    industry = held(
        organiser,
        group,
        "INDUSTRY_51",
        "河南省电子信息行业职工职业技能竞赛（演示）",
        "Henan Electronics and Information Industry Skills Contest",
        family="INDUSTRY_CLASS1",
        starts_on=clock.today() + timedelta(days=45),
        ends_on=clock.today() + timedelta(days=46),
    )
    staff = {"rules": rules.EMPLOYEES, "rules_source": SOURCE, "division": "EMPLOYEE"}
    for edition, code, name, name_en, details in (
        (province, "HN-2026-031", "物联网安装调试（职工组）", "Internet of Things, employees", staff),
        (
            province,
            "HN-2026-032",
            "物联网安装调试（学生组）",
            "Internet of Things, students",
            {"division": "STUDENT_OPEN"},
        ),
        (industry, "HY-2026-011", "计算机网络管理员", "Network administrator", staff),
        (industry, "HY-2026-012", "网络与信息安全管理员", "Information security", {**staff, "cadence": "even"}),
    ):
        opened(organiser, group, edition, code, name, name_en, **details)


def school_stage(organiser: Actor, group: Group, after: Event) -> None:
    """A school's own contest, whose best go on to the province."""
    edition = held(
        organiser,
        group,
        "SCHOOL_YRCTI",
        "黄河水利职业技术学院学生技能竞赛（演示）",
        "School contest",
        family="SCHOOL",
        starts_on=clock.today() + timedelta(days=12),
        ends_on=clock.today() + timedelta(days=12),
    )
    opened(
        organiser,
        group,
        edition,
        "XS-2026-046",
        f"{after.name}（校级初赛）",
        "Web Technologies, school stage",
        rules=rules.SCHOOL_STUDENTS,
        level="SCHOOL",
        stage="PRELIMINARY",
        promotes_to=after,
        registration_closes_at=clock.now() + timedelta(days=8),
    )
