"""Persons are found by number, roles are granted downwards, groups load once."""

from __future__ import annotations

import pytest

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotAllowed
from backend.core.refs import Ref
from backend.people import services
from backend.people.models import Grant, Group, Organisation, Person
from backend.people.selectors import match_organisations, propose_organisations, role_holders

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
