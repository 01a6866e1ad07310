"""What a school's workspace says is left is what the service still takes, for each kind of limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.people.models import Group, Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import EntriesRefused
from competitions.registration.selectors.workspace import workspace_of
from tests.factories import organisation, signed_in
from tests.registration.quota_2024 import teaching_contest
from tests.registration.world import team

pytestmark = pytest.mark.django_db


def test_what_the_workspace_says_is_left_is_what_the_service_takes(
    make_event: Callable[..., Event], group: Group
) -> None:
    """For each kind of limit: enter what is left, see nothing left, be refused, and see it in the same figures."""
    bureau = organisation("郑州市教育局", kind="bureau")
    single = {"contestants": 1, "contestants_min": 1}
    for n, rules in enumerate(
        (
            {"team": single | {"teams_per_school_max": 2}, "quota": {"base": 3}},
            {"team": single | {"teams_per_school_max": 3}, "quota": {"base": 2}},
            {"team": single, "quota": {"scope": "city", "base": 4}},
            {"team": single, "quota": {"unit": "persons", "base": 3}},
            {"team": single, "quota": {"scope": "province", "base": 4}},
        )
    ):
        event = make_event(f"GZ-2026-70{n}", rules=rules)
        Event.objects.filter(pk=event.pk).update(tech_platforms=[])
        school, other = (organisation(f"{name}{n}校", overseen_by=bureau) for name in "甲乙")
        actor = signed_in(f"c{n}", "school_coordinator", "organisation", str(school.uid))
        services.enter_many(actor=SYSTEM, event=event, drafts=[team(other, 100, 1, size=1, platform="")])

        left = left_in(actor, school, event)
        drafts = [team(school, 200 + m, m, size=1, platform="") for m in range(1, left + 1)]
        services.enter_many(actor=actor, event=event, drafts=drafts)

        assert (n, left, left_in(actor, school, event)) == (n, (2, 2, 3, 3, 3)[n], 0)
        with pytest.raises(EntriesRefused):
            services.enter_many(actor=actor, event=event, drafts=[team(school, 300, 9, size=1, platform="")])


def left_in(actor: Actor, school: Organisation, event: Event) -> int:
    (left,) = [work.left for work in workspace_of(actor, school) if work.event == event]
    assert left is not None
    return left


def test_free_places_of_an_edition_are_in_what_is_left(group: Group, school: Organisation) -> None:
    edition, events = teaching_contest(group)
    major = events["JX-MAJOR1"]
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    services.adjust_quota(actor=SYSTEM, of=edition, school=school, code="national_first", evidence="证书")
    Event.objects.filter(edition=edition).update(state="registering")

    left = left_in(actor, school, major)
    for n in range(left):
        topic = {"topic_class": f"类{n}", "platform": ""}
        services.enter_many(actor=actor, event=major, drafts=[team(school, 100 + n, n + 1, size=1, **topic)])

    assert (left, left_in(actor, school, major)) == (5, 0)
    with pytest.raises(EntriesRefused):
        services.enter_many(
            actor=actor, event=major, drafts=[team(school, 200, 9, size=1, topic_class="类九", platform="")]
        )


def test_what_stands_over_an_ended_adjustment_is_marked(group: Group, school: Organisation, client: Client) -> None:
    edition, events = teaching_contest(group)
    Event.objects.filter(edition=edition).update(state="registering")
    made = services.adjust_quota(actor=SYSTEM, of=edition, school=school, code="national_first", evidence="证书")
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    for n in range(5):
        draft = team(school, 100 + n, n + 1, size=1, topic_class=f"类{n}", platform="")
        services.enter_many(actor=actor, event=events["JX-MAJOR1"], drafts=[draft])
    services.end_adjustment(actor=SYSTEM, adjustment=made, reason="误登记")
    client.force_login(User.objects.get(pk=actor.user_id))

    page = client.get("/school/").content.decode()

    assert "超出 1" in page


def test_an_event_without_a_quota_says_so(make_event: Callable[..., Event], client: Client) -> None:
    event = make_event(rules={"team": {"contestants": 1}})
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    services.enter_many(actor=actor, event=event, drafts=[team(school, size=1)])
    client.force_login(User.objects.get(pk=actor.user_id))

    assert "未设名额限制" in client.get("/school/").content.decode()
