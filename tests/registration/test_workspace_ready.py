"""Which of a school's teams are ready to be handed in, and which condition is in the way of the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event, RuleSet
from competitions.registration import services
from competitions.registration.selectors.workspace import workspace_of
from tests.registration.world import team

pytestmark = pytest.mark.django_db


def stated(key: str, of: str = "contestant") -> dict[str, Any]:
    return {"code": f"R-{key}", "kind": key, "of": [of], "params": {}, "source": "《赛项规程》第三条"}


def test_ready_is_only_what_the_service_takes_and_a_condition_in_the_way_is_told_apart(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation, client: Client
) -> None:
    event = make_event("GZ-2026-500", rules={"team": {"contestants": 1}, "eligibility": [stated("ENROLLED")]})
    drafts = [team(school, 100 + 10 * n, n, size=1) for n in (1, 2, 3)]
    proven, broken, open_ = services.enter_many(actor=coordinator, event=event, drafts=drafts)
    for entry, value in ((proven, True), (broken, False)):
        fact = (str(entry.members.get().uid), "enrolled:R-ENROLLED")
        services.state_facts(actor=coordinator, entry=entry, facts={fact: (value, "学籍证明")})

    (work,) = (w for w in workspace_of(coordinator, school) if w.event == event)
    client.force_login(User.objects.get(pk=coordinator.user_id))
    page = client.get("/school/?show=conditions").content.decode()
    submitted = services.submit_complete(actor=coordinator, event=event)

    assert (work.complete, work.conditions) == ([proven], [(broken, 1, 0), (open_, 0, 1)])
    assert f"/entries/{open_.uid}/eligibility/" in page
    assert (submitted, sorted(e.state for e in event.entries.all())) == (1, ["draft", "draft", "submitted"])


def test_a_team_that_a_changed_rule_leaves_short_holds_up_no_other(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    event = make_event("GZ-2026-501", rules={"team": {"contestants": 2, "contestants_min": 1}})
    drafts = [team(school, 100, 1, size=1), team(school, 200, 2, size=2)]
    short, whole = services.enter_many(actor=coordinator, event=event, drafts=drafts)
    RuleSet.objects.filter(pk=event.rule_set_id).update(rules={"team": {"contestants": 2, "contestants_min": 2}})

    (work,) = (w for w in workspace_of(coordinator, school) if w.event == event)
    submitted = services.submit_complete(actor=coordinator, event=event)

    assert ([e for e, _gaps in work.lacking], work.complete, submitted) == ([short], [whole], 1)


def test_conditions_are_asked_as_often_for_twelve_teams_in_six_events_as_for_two_in_one(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    most = {"code": "R-M", "kind": "EVENTS_MAX", "of": ["contestant"], "params": {"max": 9}, "source": "《规程》"}
    prior = {**stated("NOT_PRIOR_ENTRY"), "params": {"years": 2}}
    rules = {"team": {"contestants": 2}, "eligibility": [stated("ENROLLED"), most, prior, stated("NOT_PRIOR_AWARD")]}

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            works = workspace_of(coordinator, school)
        assert sum(len(work.conditions) for work in works) == 2 * (
            len(works) - 1
        )  # the fixture's own event asks nothing
        return len(queries)

    counts = []
    for n in range(6):
        event = make_event(f"GZ-2026-52{n}", rules=rules)
        drafts = [team(school, 100 + 10 * n + m, m, size=2) for m in (1, 4)]
        services.enter_many(actor=coordinator, event=event, drafts=drafts)
        if n in (0, 5):
            counts.append(asked())

    assert counts[0] == counts[1] <= 25
