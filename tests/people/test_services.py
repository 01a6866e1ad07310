"""Persons are found by number, roles are granted downwards, groups load once."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import PUBLIC, SYSTEM, Actor
from backend.core.errors import NotAllowed
from backend.core.refs import Ref
from backend.people import services
from backend.people.errors import NameTaken
from backend.people.models import Grant, Group, Organisation, Person
from backend.people.selectors import match_organisation, match_organisations, propose_organisations, role_holders
from backend.people.signals import role_ended

pytestmark = pytest.mark.django_db
DRAFT = services.PersonDraft("resident", "34052419800101001X", "张三")


def test_the_same_number_is_the_same_person() -> None:
    first = services.ensure_persons([DRAFT])
    again = services.ensure_persons([DRAFT, DRAFT])

    assert first == again
    assert Person.objects.count() == 1
    assert first[DRAFT.key].reveal("id_number") == "34052419800101001X"


def test_many_persons_cost_few_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    drafts = [services.PersonDraft("passport", f"P{n:06}", "李四") for n in range(400)]

    with django_assert_max_num_queries(9):
        services.ensure_persons(drafts)

    assert Person.objects.count() == 400


def test_groups_load_once_with_their_lead_schools() -> None:
    services.load_groups(actor=SYSTEM)
    services.load_groups(actor=SYSTEM)

    assert (Group.objects.count(), Organisation.objects.count()) == (20, 20)
    assert Group.objects.get(code="12").lead_school.name == "郑州铁路职业技术学院"


def test_a_school_matches_by_its_recorded_name_only() -> None:
    services.load_groups(actor=SYSTEM)
    written = ["河南农业 职业学院", "河南农业职 业学院（新校区）"]

    matched = match_organisations(written)

    assert list(matched) == ["河南农业 职业学院"]
    assert propose_organisations(written[1])[0] == "河南农业职业学院"


def test_an_organiser_grants_narrower_roles_only(organiser: Actor) -> None:
    user = User.objects.create_user("new")

    services.grant_role(actor=organiser, user=user, role="chief_judge", scope=Ref("event", "E1"))

    with pytest.raises(NotAllowed):
        services.grant_role(actor=organiser, user=user, role="sys_admin", scope=Ref("system", ""))
    with pytest.raises(NotAllowed):
        services.grant_role(actor=organiser, user=user, role="organiser", scope=Ref("group", "12"))


def test_an_ended_role_is_gone_and_kept(organiser: Actor, other_organiser: Actor) -> None:
    user = User.objects.create_user("new")
    grant = services.grant_role(actor=organiser, user=user, role="supervisor", scope=Ref("event", "E1"))

    services.end_role(actor=organiser, grant=grant)

    assert not Grant.objects.filter(pk=grant.pk, ended_at=None).exists()
    assert list(role_holders(other_organiser).filter(user=user)) == []


def test_a_former_name_matches_and_is_not_anothers(organiser: Actor) -> None:
    school, other = (services.record_organisation(actor=organiser, name=name) for name in ("河南某某学院", "另一学院"))
    services.record_former_name(actor=organiser, organisation=school, name="某某学校（新）")
    services.record_former_name(actor=organiser, organisation=school, name="某某学校(新)")

    assert match_organisation(" 某某 学校(新) ") == (school, [])
    assert services.record_organisation(actor=organiser, name="某某学校(新)") == school
    with pytest.raises(NameTaken):
        services.record_former_name(actor=organiser, organisation=other, name="河南某某学院")
    with pytest.raises(NameTaken):
        services.record_former_name(actor=organiser, organisation=other, name="某某学校(新)")


def test_a_former_name_is_proposed_as_the_present_one(organiser: Actor) -> None:
    school = services.record_organisation(actor=organiser, name="河南某某学院")
    services.record_former_name(actor=organiser, organisation=school, name="郑州机械工业学校")

    assert match_organisation("郑州机械工业学院") == (None, ["河南某某学院"])


def test_an_ended_organisation_matches_no_more(organiser: Actor) -> None:
    school = services.record_organisation(actor=organiser, name="河南某某学院")
    Organisation.objects.filter(pk=school.pk).update(ended_at=clock.now())

    assert match_organisations(["河南某某学院"]) == {}


def test_only_officers_record_organisations() -> None:
    with pytest.raises(NotAllowed):
        services.record_organisation(actor=Actor(role="school_coordinator", user_id=1), name="河南某某学院")


def test_a_merged_person_stands_for_both_numbers() -> None:
    other = services.PersonDraft("passport", "P1", "张三")
    found = services.ensure_persons([DRAFT, other])
    Person.objects.filter(pk=found[other.key].pk).update(merged_into=found[DRAFT.key])

    assert services.ensure_persons([other]) == {other.key: found[DRAFT.key]}


def test_no_number_reaches_the_audit_or_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        person = services.ensure_persons([DRAFT])[DRAFT.key]

    assert DRAFT.id_number not in caplog.text + str(person) + str(person.ref) + repr(person)
    assert DRAFT.id_number not in str(list(AuditEntry.objects.values())) + str(list(Person.objects.values()))


def test_ending_a_role_twice_tells_once(organiser: Actor, django_capture_on_commit_callbacks: Any) -> None:
    user, told = User.objects.create_user("new"), []
    grant = services.grant_role(actor=organiser, user=user, role="supervisor", scope=Ref("event", "E1"))
    listener = lambda **said: told.append((said["user_uid"], said["scope"].key))  # noqa: E731
    role_ended.connect(listener)

    with django_capture_on_commit_callbacks(execute=True):
        services.end_role(actor=organiser, grant=grant)
        services.end_role(actor=organiser, grant=grant)
    role_ended.disconnect(listener)

    assert told == [(user.uid, "E1")]


def test_a_strangers_school_role_cannot_be_ended(organiser: Actor, other_organiser: Actor) -> None:
    school = Organisation.objects.order_by("pk")[0]
    user = User.objects.create_user("new")
    grant = services.grant_role(actor=organiser, user=user, role="school_coordinator", scope=school.ref)

    with pytest.raises(NotAllowed):
        services.end_role(actor=other_organiser, grant=grant)
    with pytest.raises(NotAllowed):
        services.issue_password_card(actor=other_organiser, user=user)


@pytest.mark.parametrize(("role", "group"), [("sys_admin", ""), ("group_secretary", "12")])
def test_the_first_officer_comes_with_a_card(role: str, group: str, capsys: pytest.CaptureFixture[str]) -> None:
    services.load_groups(actor=SYSTEM)

    call_command("create_officer", "first", role=role, group=group)
    code = capsys.readouterr().out.split()[-1]

    assert [g.role for g in Grant.objects.all()] == [role]
    assert accounts.redeem_card(actor=PUBLIC, word=code, address="a").user.account_name == "first"
    with pytest.raises(CommandError, match="exists already"):
        call_command("create_officer", "first", role=role, group=group)


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_imports_at_once_make_one_person() -> None:
    drafts = [services.PersonDraft("passport", f"P{n:06}", "李四") for n in range(600)]
    start, found = threading.Barrier(2), []

    def race(mine: list[services.PersonDraft]) -> None:
        start.wait(10)
        found.append({key: person.pk for key, person in services.ensure_persons(mine).items()})
        connection.close()

    racers = [threading.Thread(target=race, args=(mine,)) for mine in (drafts, drafts[::-1])]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)

    assert found[0] == found[1]
    assert Person.objects.count() == 600
