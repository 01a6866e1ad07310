"""Several teams in one form: only the school's own open ones, saved together or not at all."""

from __future__ import annotations

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Member
from competitions.registration.web import teams
from tests.factories import organisation, signed_in
from tests.flows.test_school_story import posted
from tests.registration.world import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(event: Event, client: Client) -> Client:
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    services.enter_many(actor=actor, event=event, drafts=[team(school), team(school, serial=200, number=2)])
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_one_mistake_keeps_every_team_as_it_stood_and_nothing_written_is_lost(event: Event, browser: Client) -> None:
    address = f"/events/{event.code}/entries/teams/"
    first, second = browser.get(address).context["parts"]
    data = posted(browser.get(address))
    data |= {f"{first.people.prefix}-0-grade": "2025级", f"{second.people.prefix}-0-phone": "12"}

    wrong = browser.post(address, data)

    assert Member.objects.filter(grade="2025级").count() == 0
    assert wrong.context["parts"][0].people.forms[0]["grade"].value() == "2025级"
    assert [list(part.people.forms[0].errors) for part in wrong.context["parts"]] == [[], ["phone"]]


def test_the_head_of_a_refused_form_leads_to_the_team(event: Event, browser: Client) -> None:
    address = f"/events/{event.code}/entries/teams/"
    _first, second = browser.get(address).context["parts"]
    data = posted(browser.get(address)) | {f"{second.people.prefix}-0-phone": "12"}

    wrong = browser.post(address, data)

    page = wrong.content.decode()
    assert [part.wrong for part in wrong.context["parts"]] == [0, 1]
    assert ('href="#team-2"' in page, 'href="#team-1"' in page) == (True, False)


def test_more_teams_than_fit_a_page_are_all_reached(
    event: Event, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teams, "A_PAGE", 1)
    address = f"/events/{event.code}/entries/teams/?page=2"
    shown = browser.get(address)
    (part,) = shown.context["parts"]

    browser.post(address, posted(shown) | {f"{part.people.prefix}-0-grade": "2025级"})

    assert part.entry.team_number == 2
    assert [m.entry.team_number for m in Member.objects.filter(grade="2025级")] == [2]


def test_right_teams_are_saved_together(event: Event, browser: Client) -> None:
    address = f"/events/{event.code}/entries/teams/"
    first, second = browser.get(address).context["parts"]
    data = posted(browser.get(address))
    data |= {f"{part.people.prefix}-0-grade": "2025级" for part in (first, second)}

    answer = browser.post(address, data)

    assert (answer.status_code, Member.objects.filter(grade="2025级").count()) == (302, 2)


def test_another_school_meets_an_empty_form_and_an_organiser_none(
    event: Event, browser: Client, organiser: object
) -> None:
    other = signed_in("other", "school_coordinator", "organisation", str(organisation("新乡学院").uid))
    browser.force_login(User.objects.get(pk=other.user_id))
    empty = browser.get(f"/events/{event.code}/entries/teams/")
    browser.force_login(User.objects.get(pk=organiser.user_id))  # type: ignore[attr-defined]

    refused = browser.get(f"/events/{event.code}/entries/teams/").status_code

    assert (empty.context["parts"], refused) == ([], 403)
