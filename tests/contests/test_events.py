"""Events: made, given rules, signed off, opened and moved; by those who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed
from backend.people.models import Group
from competitions.contests import services
from competitions.contests.errors import DeadlineMissing, RulesInUse, RulesRefused, RulesSigned, RulesUnsigned
from competitions.contests.models import Edition, Event, RuleSet
from competitions.contests.rulebook import problems_of, read_rules
from competitions.contests.selectors import rules_of
from tests.registration.world import RULES


@pytest.fixture
def edition(group: Group, organiser: Actor) -> Edition:
    return services.create_edition(
        actor=organiser, group=group, contest_code="HN", contest_name="河南省技能大赛", year=2026, name="2026年"
    )


def made(actor: Actor, edition: Edition, group: Group, **fields: Any) -> Event:
    fields = {"code": "GZ-2026-100", "name": "测试", "rules": RULES, **fields}
    return services.create_event(actor=actor, edition=edition, group=group, **fields)


def test_event_goes_from_draft_to_closed_registration(organiser: Actor, edition: Edition, group: Group) -> None:
    event = made(organiser, edition, group, registration_closes_at=clock.now() + timedelta(days=1))

    services.sign_off_rules(actor=organiser, event=event)
    services.open_registration(actor=organiser, event=event)
    closed = services.close_registration(actor=organiser, event=event)

    assert (closed.state, event.rounds.count(), rules_of(event).team.contestants) == ("registered", 1, 3)


def test_registration_opens_only_with_signed_rules_and_a_deadline_ahead(
    organiser: Actor, edition: Edition, group: Group
) -> None:
    event = made(organiser, edition, group)

    with pytest.raises(RulesUnsigned):
        services.open_registration(actor=organiser, event=event)
    services.sign_off_rules(actor=organiser, event=event)
    with pytest.raises(DeadlineMissing):
        services.open_registration(actor=organiser, event=event)
    with pytest.raises(IllegalMove):
        services.move_event(actor=organiser, event=event, verb="draw")


def test_signed_rules_never_change(organiser: Actor, edition: Edition, group: Group) -> None:
    event = made(organiser, edition, group)
    services.sign_off_rules(actor=organiser, event=event)

    with pytest.raises(RulesSigned):
        services.sign_off_rules(actor=organiser, event=event)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.filter(pk=event.rule_set_id).update(title="x")


def test_adopting_rules_makes_the_next_version(organiser: Actor, edition: Edition, group: Group) -> None:
    event = made(organiser, edition, group)

    second = services.adopt_rules(actor=organiser, event=event, rules={"team": {"contestants": 2}}, source="通知")

    event.refresh_from_db()
    assert (second.version, second.signed_off_at, event.rule_set_id) == (2, None, second.pk)
    assert RuleSet.objects.get(code=event.code, version=1).rules == RULES


def test_rules_are_fixed_once_scoring_has_begun(organiser: Actor, edition: Edition, group: Group) -> None:
    event = made(organiser, edition, group)
    Event.objects.update(state="scoring")

    with pytest.raises(RulesInUse):
        services.adopt_rules(actor=organiser, event=event, rules=RULES)


def test_bad_rules_are_refused_with_their_paths(organiser: Actor, edition: Edition, group: Group) -> None:
    bad = {"team": {"contestants": 0, "colour": 1}, "age": {"max": 25}}

    with pytest.raises(RulesRefused) as refused:
        made(organiser, edition, group, rules=bad)

    assert sorted(refused.value.problems) == ["$.age", "$.team", "$.team.contestants"]
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ({"team": {"contestants": 2, "contestants_min": 3}}, "$.team.contestants_min"),
        ({"team": {"contestants": 2, "leaders_min": 1}}, "$.team.leaders_min"),
        ({"team": {"contestants": 2}, "age": {"max": 25, "on": "2026-02-30"}}, "$.age.on"),
        ([], "$"),
    ],
)
def test_contradictions_in_rules_are_found(rules: Any, path: str) -> None:
    assert [p.path for p in problems_of(rules)] == [path]


def test_rules_leave_stated_defaults() -> None:
    rules = read_rules({"team": {"contestants": 3}})

    assert (rules.team.contestants_min, rules.team.teams_per_school_max, rules.age, rules.layers) == (3, None, None, 2)


def test_code_is_taken_once(organiser: Actor, edition: Edition, group: Group) -> None:
    made(organiser, edition, group)

    with pytest.raises(Invalid) as refused:
        made(organiser, edition, group)

    assert list(refused.value.problems) == ["code"]


def test_stranger_neither_makes_nor_opens_events(
    organiser: Actor, other_organiser: Actor, edition: Edition, group: Group
) -> None:
    event = made(organiser, edition, group)

    for call in (services.sign_off_rules, services.open_registration, services.close_registration):
        with pytest.raises(NotAllowed):
            call(actor=other_organiser, event=event)  # type: ignore[operator]
    with pytest.raises(NotAllowed):
        made(other_organiser, edition, group, code="GZ-2026-101")


def browser(account: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(account_name=account))
    return client


def test_draft_is_a_page_for_its_organisers_only(
    organiser: Actor, other_organiser: Actor, edition: Edition, group: Group
) -> None:
    made(organiser, edition, group)
    address = "/events/GZ-2026-100/"

    seen = [browser("organiser").get(address), browser("other-organiser").get(address), Client().get(address)]

    assert [page.status_code for page in seen] == [200, 404, 404]


def test_organiser_sets_up_an_event_on_the_pages(organiser: Actor, edition: Edition, group: Group) -> None:
    client = browser("organiser")
    fields = {
        "group": group.pk, "edition": edition.pk, "code": "GZ-2026-200", "name": "网络", "division": "HIGHER_STUDENT",
        "registration_closes_at": "2099-05-01T18:00", "tech_platforms": "平台甲\n平台乙", "title": "规程",
        "team-contestants": 3, "team-instructors_max": 2, "age-max": 25, "age-on": "2026-05-01", "scheme-total": "100",
    }  # fmt: skip

    wrong = client.post("/events/new/", {**fields, "team-contestants": "", "age-on": ""})
    client.post("/events/new/", fields)
    client.post("/events/GZ-2026-200/registration/sign-off/")
    client.post("/events/GZ-2026-200/registration/open/")

    event = Event.objects.get(code="GZ-2026-200")
    assert (event.state, event.tech_platforms) == ("registering", ["平台甲", "平台乙"])
    assert event.rule_set.rules == {
        "team": {"contestants": 3, "instructors_max": 2, "leaders_max": 1},
        "age": {"max": 25, "on": "2026-05-01"},
    }
    assert set(wrong.context["rules"].errors) == {"team-contestants", "age-on"}


def test_public_list_costs_the_same_for_one_and_for_thirty(make_event: Callable[..., Event]) -> None:
    make_event("GZ-1")
    client = Client()
    client.get("/events/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/events/")
    for number in range(2, 31):
        make_event(f"GZ-{number}")

    with CaptureQueriesContext(connection) as thirty:
        page = client.get("/events/")

    assert (page.status_code, len(thirty)) == (200, len(one))


def test_list_exports_as_a_workbook(make_event: Callable[..., Event]) -> None:
    make_event()

    answer = Client().get("/events/?format=xlsx&state=registering")

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
