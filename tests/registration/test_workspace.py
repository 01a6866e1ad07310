"""A school's workspace: deadlines, what is left, what came back and why, only its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import ReviewPlan
from competitions.registration.selectors.workspace import workspace_of
from competitions.registration.services.reviewing import RemarkDraft, return_entry
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


@pytest.fixture
def coordinator(school: Organisation) -> Actor:
    return signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))


def test_what_is_left_and_what_lacks_is_counted_for_each_event(
    event: Event, make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    later = make_event("GZ-2026-900", rules=RULES)
    Event.objects.filter(pk=later.pk).update(registration_closes_at=clock.now() + timedelta(days=90))
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])

    first, second = workspace_of(coordinator, school)

    assert (first.event, first.left, first.limit, dict(first.counts)) == (event, 1, 2, {"incomplete": 1})
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

    assert page.context["totals"] == {"open": 1, "teams": 1, "back": 0, "lacking": 0}
    assert "学校工作台" in home
    assert book.active is not None
    assert [cell.value for cell in book.active[2]][2:4] == ["1", "1"]


def test_nobody_else_has_a_school_workspace(event: Event, organiser: Actor, client: Client) -> None:
    anonymous = client.get("/school/").status_code
    client.force_login(User.objects.get(pk=organiser.user_id))

    assert (anonymous, client.get("/school/").status_code) == (403, 403)
