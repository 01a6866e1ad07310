"""A school's workspace: deadlines, what came back and why, what waits, only its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Organisation
from backend.ui.registry import todos_of
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import ReviewPlan
from competitions.registration.selectors.workspace import workspace_of
from competitions.registration.services.reviewing import RemarkDraft, return_entry
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


def test_what_is_left_and_what_lacks_is_counted_for_each_event(
    event: Event, make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    later = make_event("GZ-2026-900", rules=RULES)
    Event.objects.filter(pk=later.pk).update(registration_closes_at=clock.now() + timedelta(days=90))
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])

    first, second = workspace_of(coordinator, school)

    assert (first.event, first.left, dict(first.counts)) == (event, 1, {"incomplete": 1})
    assert [(line.over_what, line.used, line.allowed) for line in first.places] == [("teams", 1, 2)]
    assert [gaps for _entry, gaps in first.lacking] == [[("contestant", 1)]]
    assert (second.event.code, second.left, second.used) == ("GZ-2026-900", 2, 0)


def test_a_returned_team_is_shown_with_its_reason_and_fields(
    event: Event, organiser: Actor, coordinator: Actor, school: Organisation
) -> None:
    ReviewPlan.objects.create(event=event, steps=["organiser"], reviewed_fields=["name"])
    (entry,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    services.submit_entry(actor=coordinator, entry=entry)
    member = entry.members.order_by("pk").first()
    assert member is not None
    remark = RemarkDraft(field="name", text="与证件不符", member=member.uid)
    return_entry(actor=organiser, entry=entry, reason="请核对姓名", remarks=[remark])

    (work,) = workspace_of(coordinator, school)

    assert [(r.reason, r.fields) for r in work.returned] == [("请核对姓名", [("name", "与证件不符")])]


def test_the_first_page_and_the_workspace_show_only_the_own_school(
    event: Event, organiser: Actor, coordinator: Actor, school: Organisation, client: Client
) -> None:
    other = organisation("开封大学")
    services.enter_many(actor=organiser, event=event, drafts=[team(school), team(other, serial=300)])
    client.force_login(User.objects.get(pk=coordinator.user_id))

    page = client.get("/school/")
    home = client.get("/").content.decode()
    book = load_workbook(io.BytesIO(client.get("/school/?format=xlsx").content))

    assert {kind: n for kind, _name, n in page.context["figures"]} == {
        "unsent": 1, "back": 0, "lacking": 0, "conditions": 0, "papers": 0, "consents": 0,
    }  # fmt: skip
    assert "学校工作台" in home
    assert book.active is not None
    assert [cell.value for cell in book.active[2]][2:4] == ["1", "1"]


def test_many_unsent_events_are_one_line_on_the_first_page_with_the_one_that_closes_first(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    for n in range(6):
        made = make_event(f"GZ-2026-{700 + n}", rules=RULES)
        services.enter_many(actor=coordinator, event=made, drafts=[team(school, serial=100 + 10 * n)])
    each = [(t.count, t.link) for t in todos_of(coordinator) if "state=draft" in t.link]
    soon = make_event("GZ-2026-799", rules=RULES)
    services.enter_many(actor=coordinator, event=soon, drafts=[team(school, serial=500)])
    Event.objects.filter(pk=soon.pk).update(registration_closes_at=clock.now() + timedelta(days=1))

    found = todos_of(coordinator)

    assert each == [(1, f"/events/GZ-2026-{700 + n}/entries/?state=draft") for n in range(6)]
    assert [(t.count, t.link, t.note.split()[0]) for t in found if "/school/" in t.link] == [
        (7, "/school/?show=unsent", "GZ-2026-799")
    ]
    assert not any("state=draft" in t.link for t in found)


def test_a_folded_list_shows_only_what_is_asked_for(
    event: Event, coordinator: Actor, school: Organisation, client: Client
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school), team(school, 200, 2, size=1)])
    client.force_login(User.objects.get(pk=coordinator.user_id))

    short = client.get("/school/?show=lacking")
    nothing = client.get("/school/?show=papers").content.decode()

    assert [[group.kind for group in line.groups] for line in short.context["waiting"]] == [["lacking"]]
    assert "没有此类待办" in nothing


def test_the_next_deadline_comes_with_the_servers_clock_and_lasts_to_the_end_of_its_minute(
    event: Event, coordinator: Actor, school: Organisation, client: Client
) -> None:
    closes = clock.now().replace(second=7, microsecond=0) + timedelta(minutes=19)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=closes)
    services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    client.force_login(User.objects.get(pk=coordinator.user_id))

    page = client.get("/school/")

    assert page.context["next"].ends_at == closes.replace(second=0) + timedelta(minutes=1)
    assert "<deadline-clock" in page.content.decode()


def test_a_returned_team_has_its_own_deadline_when_registration_is_over(
    event: Event, organiser: Actor, coordinator: Actor, school: Organisation
) -> None:
    until = clock.now() + timedelta(days=2)
    ReviewPlan.objects.create(event=event, steps=["organiser"], reviewed_fields=["name"], corrections_close_at=until)
    (entry,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    services.submit_entry(actor=coordinator, entry=entry)
    return_entry(actor=organiser, entry=entry, reason="请核对姓名", remarks=[])
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(hours=1))

    (work,) = workspace_of(coordinator, school)

    assert (work.open, work.waits, work.due) == (False, True, until)


def test_what_can_no_longer_be_handed_in_is_not_counted_as_open(
    event: Event, coordinator: Actor, school: Organisation, client: Client
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(minutes=2))
    client.force_login(User.objects.get(pk=coordinator.user_id))

    page = client.get("/school/")
    home = client.get("/").content.decode()

    assert [n for _kind, _name, n in page.context["figures"]] == [0, 0, 0, 0, 0, 0]
    assert (page.context["next"], [line.work.event for line in page.context["resting"]]) == (None, [event])
    assert "人员不齐的参赛队" not in home


def test_the_workspace_asks_as_often_for_fifteen_events_as_for_three(
    make_event: Callable[..., Event], client: Client
) -> None:
    quotas: list[dict[str, Any]] = [{"base": 5}, {"scope": "city", "base": 9}, {"unit": "persons", "base": 30}]
    rules = [{"team": {"contestants": 3}, "quota": quota} for quota in quotas]
    school = Organisation.objects.get_or_create(name="郑州铁路职业技术学院")[0]
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    client.force_login(User.objects.get(pk=actor.user_id))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/school/").status_code == 200
        return len(queries)

    counts = []
    for n in range(15):
        event = make_event(f"GZ-2026-6{n:02d}", rules=rules[n % 3])
        Event.objects.filter(pk=event.pk).update(tech_platforms=[])
        ReviewPlan.objects.create(event=event, steps=["organiser"], papers=["entry.photo", "entry.guardian"])
        services.enter_many(actor=actor, event=event, drafts=[team(school, 10 * n + 10, 1, platform="")])
        if n in (2, 14):
            asked()
            counts.append(asked())

    assert counts[0] == counts[1] <= 30


def test_nobody_else_has_a_school_workspace(event: Event, organiser: Actor, client: Client) -> None:
    anonymous = client.get("/school/").status_code
    client.force_login(User.objects.get(pk=organiser.user_id))

    assert (anonymous, client.get("/school/").status_code) == (403, 403)
