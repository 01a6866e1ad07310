"""The template with a school's own teams: its numbers only to that school, and unchanged it changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.services import check_workbook
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, id_number, team


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


@pytest.fixture
def coordinator(school: Organisation) -> Actor:
    return signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))


@pytest.fixture
def entered(event: Event, organiser: Actor, school: Organisation) -> None:
    drafts = [team(school), team(organisation("开封大学"), serial=500)]
    services.enter_many(actor=organiser, event=event, drafts=drafts)


def test_a_school_takes_out_its_own_teams_and_no_others(entered: None, event: Event, coordinator: Actor) -> None:
    page = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=event)))["报名表"]

    numbers = [row[10].value for row in page.iter_rows(min_row=4, max_row=8)]
    assert numbers == [id_number(100), id_number(101), id_number(102), None, None]
    assert [page.cell(4, 5).value, page.cell(7, 2).value] == ["郑州铁路职业技术学院", event.code]


def test_uploaded_again_unchanged_it_changes_nothing(
    entered: None, event: Event, coordinator: Actor, school: Organisation
) -> None:
    content = services.filled_template(actor=coordinator, event=event)

    report = check_workbook(event, content, school=school)

    assert [(row.kind, row.ok) for row in report.rows] == [("known", True)] * 3


def test_the_header_is_locked_and_the_rows_are_open(event: Event, coordinator: Actor) -> None:
    page = load_workbook(io.BytesIO(services.filled_template(actor=coordinator, event=event)))["报名表"]

    assert page.protection.sheet is True
    assert (page["H3"].protection.locked, page["H4"].protection.locked) == (True, False)


def test_who_took_it_is_on_record_without_a_name(entered: None, event: Event, coordinator: Actor) -> None:
    services.filled_template(actor=coordinator, event=event)

    entry = AuditEntry.objects.get(action="entry.take_out")
    assert (entry.user_uid, entry.event_code) == (coordinator.user_uid, event.code)
    assert "人100" not in str(entry.details)


def test_organisers_and_other_schools_do_not_get_it(
    entered: None, event: Event, organiser: Actor, client: Client
) -> None:
    other = signed_in("other", "school_coordinator", "organisation", str(organisation("新乡学院").uid))
    client.force_login(User.objects.get(pk=other.user_id))

    with pytest.raises(NotAllowed):
        services.filled_template(actor=organiser, event=event)
    page = load_workbook(io.BytesIO(client.get(f"/events/{event.code}/import/filled/").content))["报名表"]

    assert page.cell(4, 11).value is None
