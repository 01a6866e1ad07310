"""The demo season's teaching contest: one quota over three groups of events, adjusted with evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from backend.config.demo import regulations as rules
from backend.config.demo.basics import held, opened
from backend.config.demo.people import member
from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Group, Organisation
from competitions.contests import services as contests
from competitions.contests.models import Edition, Event
from competitions.registration import services as registration
from competitions.registration.rulebook import EntryDraft
from competitions.registration.rulebook.quotas import Year

COURSES = (("JX-2026-01", "高等数学", ""), ("JX-2026-02", "工程测量", "4203"), ("JX-2026-03", "水工建筑物", "4501"))


def load(organiser: Actor, group: Group, school: Organisation) -> None:
    """The contest, the quotas of three schools, and three teams of the coordinator's school."""
    edition = held(
        organiser,
        group,
        "PROV_TEACHING_HIGHER",
        "河南省高等职业院校教学能力大赛",
        "Henan Teaching Ability Competition",
        family="PROV_TEACHING_HIGHER",
        starts_on=clock.today() + timedelta(days=60),
        ends_on=clock.today() + timedelta(days=64),
    )
    contests.adopt_edition_rules(
        actor=organiser, edition=edition, rules=rules.TEACHING_WHOLE, title="名额分配办法", source=rules.TEACHING
    )
    contests.sign_off_edition_rules(actor=organiser, edition=edition)
    events = {
        code: opened(
            organiser,
            group,
            edition,
            code,
            name,
            name_en,
            rules={**rules.TEACHER_TEAM, "quota": {**quota, "source": rules.TEACHING}},
            rules_source=rules.TEACHING,
            division="TEACHER",
            stage="ONLINE_REVIEW",
            tech_platforms=(),
        )
        for code, (name, name_en, quota) in rules.TEACHING_GROUPS.items()
    }
    _adjust(organiser, edition, events, school)
    _enter(organiser, events, school)


def _adjust(organiser: Actor, edition: Edition, events: dict[str, Event], school: Organisation) -> None:
    """Invented evidence: a school that won, and one that left its quota unused."""
    registration.set_base(
        actor=organiser, of=edition, school=school, code="double_high", evidence="省级双高建设名单（演示）"
    )
    registration.adjust_quota(
        actor=organiser,
        of=edition,
        school=school,
        code="national_prize",
        evidence="2025年国赛获奖证书 JX-演示-017，原件已核",
        bound=events["JX-2026-02"],
    )
    others = Organisation.objects.filter(kind="school").exclude(pk=school.pk).order_by("pk")
    unused = (Year(3, 4), Year(2, 4), Year(3, 4))
    registration.adjust_quota(
        actor=organiser, of=edition, school=others[0], code="history", evidence="近三届报名汇总表", history=unused
    )
    registration.adjust_quota(
        actor=organiser, of=edition, school=others[1], code="national_first", evidence="2024年国赛一等奖证书（演示）"
    )


def _enter(organiser: Actor, events: dict[str, Event], school: Organisation) -> None:
    """One team in each group; two are handed in with what was asked about their teachers."""
    for n, (code, course, majors) in enumerate(COURSES):
        people = tuple(replace(member(7000 + 10 * n + k, "instructor"), role="contestant") for k in range(3))
        draft = EntryDraft(school=str(school.uid), members=people, topic=course, topic_class=majors)
        (entry,) = registration.enter_many(actor=organiser, event=events[code], drafts=[draft])
        if n < 2:
            asked = {(str(m.uid), "teaching_years"): (6, "教务处任课证明") for m in entry.members.all()}
            registration.state_facts(actor=organiser, entry=entry, facts=asked)
            registration.submit_entry(actor=organiser, entry=entry)
