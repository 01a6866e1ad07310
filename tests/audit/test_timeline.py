"""The timeline tells who did what in words."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from backend.accounts.models import User
from backend.audit import services
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref

pytestmark = pytest.mark.django_db
SUBJECT = Ref("entry", "e1")
PAGE = Template("{% load timeline %}{% timeline subject %}")


def shown(actor: Actor) -> str:
    return PAGE.render(Context({"actor": actor, "subject": SUBJECT}))


def test_a_timeline_names_act_person_and_role() -> None:
    user = User.objects.create_user("li", display_name="李老师")
    actor = Actor(role="school_coordinator", user_id=user.pk, user_uid=user.uid)
    services.record(actor=actor, action="entry.submit", subject=SUBJECT)
    services.record(actor=actor, action="entry.submit", subject=Ref("entry", "another"))

    told = shown(actor)

    assert told.count("<li>") == 1
    assert "李老师" in told


def test_the_systems_own_acts_and_unknown_acts_are_told_too() -> None:
    services.record(actor=SYSTEM, action="something.new", subject=SUBJECT)

    assert "something.new" in shown(SYSTEM)


def test_an_empty_timeline_says_so() -> None:
    assert shown(SYSTEM).count("<li") == 1


def test_many_entries_cost_two_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    user = User.objects.create_user("li")
    actor = Actor(role="organiser", user_id=user.pk, user_uid=user.uid)
    for _ in range(30):
        services.record(actor=actor, action="entry.submit", subject=SUBJECT)

    with django_assert_num_queries(2):
        shown(actor)
