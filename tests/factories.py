"""Small builders of real rows, as fixtures: a world that a test extends by what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.core.vault import blind_index
from backend.people.models import Grant, Group, Organisation, Person
from backend.people.selectors import actor_for
from competitions.contests.models import Contest, Edition, Event, Round, RuleSet


def organisation(name: str, **fields: Any) -> Organisation:
    return Organisation.objects.create(name=name, name_key=name.replace(" ", ""), **fields)


def person(id_number: str, name: str) -> Person:
    made = Person(id_type="resident", id_number_index=blind_index(id_number, purpose="id-number"))
    made.put("id_number", id_number)
    made.put("name", name)
    made.save()
    return made


def signed_in(account: str, role: str, kind: str, key: str, **fields: Any) -> Actor:
    """An account with one grant, as the Actor it would act as."""
    user = User.objects.create_user(account, "correct-horse-9", **fields)
    Grant.objects.create(user=user, role=role, scope_kind=kind, scope_key=key)
    return actor_for(user)


def browser(actor: Actor) -> Client:
    """A client that is signed in as the actor's account."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def group(db: None) -> Group:
    school = organisation("郑州铁路职业技术学院")
    return Group.objects.create(
        code="12", number=12, name="河南电子与信息职业教育集团", lead_school=school, major_category="51"
    )


@pytest.fixture
def other_group(db: None) -> Group:
    school = organisation("河南农业职业学院")
    return Group.objects.create(
        code="01", number=1, name="河南农林牧渔职业教育集团", lead_school=school, major_category="41"
    )


@pytest.fixture
def make_event(group: Group) -> Callable[..., Event]:
    """Builds an event of group 12 with its contest, edition, rules and one round."""

    def make(code: str = "GZ-2026-046", state: str = "registering", rules: dict[str, Any] | None = None) -> Event:
        contest, _ = Contest.objects.get_or_create(
            code="PROV_HIGHER_VOC", defaults={"name": "河南省高等职业教育技能大赛"}
        )
        edition, _ = Edition.objects.get_or_create(
            contest=contest, year=2026, defaults={"name": "2026年河南省高职技能大赛"}
        )
        rule_set = RuleSet.objects.create(code=f"rules-{code}", title="规程", rules=rules or {})
        event = Event.objects.create(
            edition=edition,
            code=code,
            name="网站技术",
            leading_group=group,
            rule_set=rule_set,
            state=state,
            registration_closes_at=clock.now() + timedelta(days=10),
            tech_platforms=["平台甲", "平台乙"],
        )
        Round.objects.create(event=event)
        return event

    return make


@pytest.fixture
def organiser(group: Group) -> Actor:
    return signed_in("organiser", "organiser", "group", group.code)


@pytest.fixture
def other_organiser(other_group: Group) -> Actor:
    return signed_in("other-organiser", "organiser", "group", other_group.code)
