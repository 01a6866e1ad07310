"""Group 12 as a tenant: charter, council, committees, members, and applications in every state."""

from __future__ import annotations

from datetime import timedelta

from backend.core import clock
from backend.core.actor import Actor
from backend.people import services as people
from backend.people.models import Group, Organisation

COMMITTEES = {"5101": "电子信息类专业委员会", "5102": "计算机类专业委员会", "5103": "通信类专业委员会"}
UNITS = {
    "演示软件股份有限公司": ("enterprise", "company"),
    "演示电子信息行业协会": ("association", "association"),
    "演示智能制造研究院": ("institute", "institute"),
}


def keep_affairs(secretary: Actor, group: Group) -> None:
    """What the secretary of the demo keeps; names and units are invented."""
    begun = clock.today() - timedelta(days=400)
    people.keep_group(
        actor=secretary,
        group=group,
        founded_on=begun,
        legal_form="private_non_enterprise",
        charter_title=f"{group.name}章程（演示）",
        charter_adopted_on=begun,
    )
    lead = group.lead_school
    for body, title, name in (
        ("council", "理事长", "高志远"),
        ("council", "副理事长", "林晓东"),
        ("secretariat", "秘书长", "何静"),
    ):
        people.fill_office(
            actor=secretary, group=group, body=body, title=title, name=name, organisation=lead, begins_on=begun
        )
    for code, name in COMMITTEES.items():
        committee = people.found_committee(actor=secretary, group=group, class_code=code, name=name, founded_on=begun)
        people.fill_office(
            actor=secretary,
            group=group,
            body="committee",
            committee=committee,
            title="主任委员",
            name="郭明轩",
            organisation=lead,
            begins_on=begun,
        )
    for name, (kind, member) in UNITS.items():
        unit = people.record_organisation(actor=secretary, name=name, kind=kind)
        people.record_member(actor=secretary, group=group, organisation=unit, kind=member, joined_on=begun)


def apply_for(coordinator: Actor, group: Group, school: Organisation) -> None:
    """A school's submitted application, waiting in the secretary's to-do list."""
    draft = people.begin_application(
        actor=coordinator,
        group=group,
        organisation=school,
        effective_on=clock.today(),
        statement="我校开设大数据技术等相关专业，自愿遵守集团章程，申请加入。",
    )
    people.submit_application(actor=coordinator, application=draft)
