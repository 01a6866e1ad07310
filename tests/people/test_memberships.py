"""How organisations join a group and leave it, seen by the unit, the secretary, a colleague and strangers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import IllegalMove, NotAllowed
from backend.core.refs import Ref
from backend.notify.models import Note
from backend.people import services
from backend.people.errors import (
    AlreadyMember,
    ApplicationOpen,
    DayUnfit,
    LeadSchoolStays,
    NoMember,
    ReasonMissing,
)
from backend.people.models import Group, Membership, MembershipApplication, Organisation
from backend.people.selectors import actor_for, members_of
from backend.ui.registry import todos_of
from tests.factories import organisation, signed_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture
def school() -> Organisation:
    return organisation("开封大学")


@pytest.fixture
def unit(school: Organisation) -> Actor:
    return signed_in("unit", "school_coordinator", "organisation", str(school.uid))


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)


@pytest.fixture
def stranger(other_group: Group) -> Actor:
    return signed_in("other-secretary", "group_secretary", "group", other_group.code)


def submitted(unit: Actor, group: Group, school: Organisation, **told: Any) -> MembershipApplication:
    draft = services.begin_application(
        actor=unit, group=group, organisation=school, **{"effective_on": DAY, "statement": "愿遵守章程", **told}
    )
    return services.submit_application(actor=unit, application=draft)


def decide(actor: Actor, application: MembershipApplication, verb: str, **told: Any) -> MembershipApplication:
    return services.decide_application(actor=actor, application=application, verb=verb, **told)


def test_an_accepted_application_makes_a_member_from_its_day(
    unit: Actor, secretary: Actor, group: Group, school: Organisation
) -> None:
    found = decide(secretary, submitted(unit, group, school, kind="company"), "accept")

    member = Membership.objects.get(group=group, organisation=school)
    assert (found.state, found.membership, member.joined_on, member.kind) == ("accepted", member, DAY, "company")
    assert [m.organisation for m in members_of(group)] == [school]
    assert [note.kind for note in Note.objects.filter(recipient_id=unit.user_id)] == ["membership.accept"]


def test_a_returned_application_is_mended_and_submitted_again(
    unit: Actor, secretary: Actor, group: Group, school: Organisation
) -> None:
    found = decide(secretary, submitted(unit, group, school), "return", reason="请补法人证书")
    services.edit_application(actor=unit, application=found, kind="school", effective_on=DAY, statement="已补")

    again = services.submit_application(actor=unit, application=found)

    assert again.state == "submitted"
    assert [(s.verb, s.reason) for s in again.steps.all()] == [
        ("submit", ""),
        ("return", "请补法人证书"),
        ("submit", ""),
    ]


@pytest.mark.parametrize("verb", ["return", "refuse"])
def test_a_return_or_refusal_without_a_reason_is_refused(
    verb: str, unit: Actor, secretary: Actor, group: Group, school: Organisation
) -> None:
    found = submitted(unit, group, school)

    with pytest.raises(ReasonMissing):
        decide(secretary, found, verb, reason="  ")

    found.refresh_from_db()
    assert found.state == "submitted"


def test_a_decision_is_made_once(unit: Actor, secretary: Actor, group: Group, school: Organisation) -> None:
    found = decide(secretary, submitted(unit, group, school), "refuse", reason="不具备法人资格")

    for verb in ("accept", "return", "refuse"):
        with pytest.raises(IllegalMove):
            decide(secretary, found, verb, reason="x")


def test_only_the_secretary_of_the_group_asked_decides(
    unit: Actor, stranger: Actor, organiser: Actor, group: Group, school: Organisation
) -> None:
    found = submitted(unit, group, school)

    for actor in (unit, stranger, organiser, signed_in("sys", "sys_admin", "system", "")):
        with pytest.raises(NotAllowed):
            decide(actor, found, "accept")


def test_nobody_decides_what_they_submitted_themselves(unit: Actor, group: Group, school: Organisation) -> None:
    found = submitted(unit, group, school)
    user = User.objects.get(pk=unit.user_id)
    grant = services.grant_role(actor=SYSTEM, user=user, role="group_secretary", scope=Ref("group", group.code))

    with pytest.raises(NotAllowed):
        decide(actor_for(user, grant_uid=str(grant.uid)), found, "accept")


def test_a_colleague_of_the_unit_may_go_on_and_another_unit_may_not(
    unit: Actor, group: Group, school: Organisation
) -> None:
    draft = services.begin_application(actor=unit, group=group, organisation=school, effective_on=DAY)
    colleague = signed_in("colleague", "school_coordinator", "organisation", str(school.uid))
    other = signed_in("other", "school_coordinator", "organisation", str(group.lead_school.uid))

    with pytest.raises(NotAllowed):
        services.submit_application(actor=other, application=draft)

    assert services.submit_application(actor=colleague, application=draft).state == "submitted"


def test_a_draft_is_seen_by_its_unit_alone(
    unit: Actor, secretary: Actor, stranger: Actor, group: Group, school: Organisation
) -> None:
    draft = services.begin_application(actor=unit, group=group, organisation=school, effective_on=DAY)
    before = [MembershipApplication.objects.visible_to(a).count() for a in (unit, secretary, stranger)]
    services.submit_application(actor=unit, application=draft)

    after = [MembershipApplication.objects.visible_to(a).count() for a in (unit, secretary, stranger)]

    assert (before, after) == ([1, 0, 0], [1, 1, 0])


def test_a_second_open_application_and_a_second_membership_are_refused(
    unit: Actor, secretary: Actor, group: Group, school: Organisation
) -> None:
    found = submitted(unit, group, school)
    with pytest.raises(ApplicationOpen):
        submitted(unit, group, school)
    decide(secretary, found, "accept")

    with pytest.raises(AlreadyMember):
        submitted(unit, group, school)
    with pytest.raises(AlreadyMember):
        services.record_member(actor=secretary, group=group, organisation=school, kind="school")
    with pytest.raises(IntegrityError):
        Membership.objects.create(group=group, organisation=school)


def test_leaving_is_a_dated_application_too(unit: Actor, secretary: Actor, group: Group, school: Organisation) -> None:
    joined = decide(secretary, submitted(unit, group, school), "accept")
    leaving = submitted(unit, group, school, purpose="leave", effective_on=DAY + timedelta(days=10), statement="迁址")

    decide(secretary, leaving, "accept")

    joined.refresh_from_db()
    member = Membership.objects.get(group=group, organisation=school)
    assert (joined.state, member.ended_on, member.end_reason) == ("left", DAY + timedelta(days=10), "迁址")
    assert list(members_of(group)) == []


def test_a_member_until_a_later_day_is_a_member_today(secretary: Actor, group: Group, school: Organisation) -> None:
    member = services.record_member(actor=secretary, group=group, organisation=school, kind="school")

    services.end_membership(
        actor=secretary, membership=member, on=clock.today() + timedelta(days=1), reason="连续两年不参加活动"
    )

    assert [m.pk for m in members_of(group)] == [member.pk]
    assert not Membership.objects.on(clock.today() + timedelta(days=1)).filter(pk=member.pk).exists()


def test_leaving_needs_a_membership_and_no_day_before_it(
    unit: Actor, secretary: Actor, group: Group, school: Organisation
) -> None:
    with pytest.raises(NoMember):
        submitted(unit, group, school, purpose="leave")
    member = services.record_member(actor=secretary, group=group, organisation=school, kind="school", joined_on=DAY)

    with pytest.raises(DayUnfit):
        submitted(unit, group, school, purpose="leave", effective_on=DAY - timedelta(days=1))
    with pytest.raises(ReasonMissing):
        services.end_membership(actor=secretary, membership=member, on=DAY, reason="")


def test_the_lead_school_stays(secretary: Actor, group: Group) -> None:
    lead = services.record_member(actor=secretary, group=group, organisation=group.lead_school, kind="school")

    with pytest.raises(LeadSchoolStays):
        services.end_membership(actor=secretary, membership=lead, on=DAY, reason="x")


def test_the_register_is_kept_by_its_own_secretary_alone(
    stranger: Actor, organiser: Actor, unit: Actor, group: Group, school: Organisation
) -> None:
    for actor in (stranger, organiser, unit):
        with pytest.raises(NotAllowed):
            services.record_member(actor=actor, group=group, organisation=school, kind="school")


def test_a_unit_that_left_may_come_back_but_not_into_its_former_time(
    unit: Actor, secretary: Actor, group: Group, school: Organisation
) -> None:
    member = services.record_member(actor=secretary, group=group, organisation=school, kind="school", joined_on=DAY)
    services.end_membership(actor=secretary, membership=member, on=DAY + timedelta(days=9), reason="退出")
    again = submitted(unit, group, school, effective_on=DAY + timedelta(days=3))

    with pytest.raises(DayUnfit):
        decide(secretary, again, "accept")

    assert decide(secretary, again, "accept", on=DAY + timedelta(days=9)).state == "accepted"


def test_a_draft_is_deleted_and_what_was_submitted_is_withdrawn(
    unit: Actor, group: Group, school: Organisation
) -> None:
    draft = services.begin_application(actor=unit, group=group, organisation=school, effective_on=DAY)
    services.delete_draft(actor=unit, application=draft)
    found = submitted(unit, group, school)

    with pytest.raises(IllegalMove):
        services.delete_draft(actor=unit, application=found)

    assert services.withdraw_application(actor=unit, application=found).state == "withdrawn"
    assert MembershipApplication.objects.count() == 1


def test_to_do_items_stand_with_whoever_has_to_act(
    unit: Actor, secretary: Actor, stranger: Actor, organiser: Actor, group: Group, school: Organisation
) -> None:
    found = submitted(unit, group, school)
    waiting = [[t.count for t in todos_of(a) if "/memberships/" in t.link] for a in (secretary, stranger, organiser)]
    decide(secretary, found, "return", reason="请补章")

    mending = [[t.link for t in todos_of(a) if "/memberships/" in t.link] for a in (unit, secretary)]

    assert waiting == [[1], [], []]
    assert mending == [[f"/memberships/{found.uid}/"], []]


def test_the_register_begins_with_the_lead_school_and_follows_the_founding_notice(
    group: Group, school: Organisation
) -> None:
    for name, kind in (("甲协会", "association"), ("乙研究院", "institute"), ("丙公司", "company")):
        Membership.objects.create(group=group, organisation=organisation(name), kind=kind)
    for member in (school, group.lead_school):
        Membership.objects.create(group=group, organisation=member)

    names = [each.organisation.name for each in members_of(group)]

    assert names == ["郑州铁路职业技术学院", "开封大学", "甲协会", "丙公司", "乙研究院"]
