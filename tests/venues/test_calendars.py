"""Secret calendar links: they open one role's programme, to nobody by guessing, and nothing once they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.people.models import Grant
from competitions.contests.models import Event
from competitions.venues import services
from competitions.venues.models import CalendarLink
from competitions.venues.selectors.calendars import own_link, path_of
from tests.factories import signed_in
from tests.registration.world import RULES

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 9, 1, tzinfo=UTC)


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    found = make_event(rules=RULES)
    for kind, audience in (("judge_meeting", "judges"), ("leader_meeting", "leaders")):
        draft = services.ItemDraft(kind, DAY, DAY + timedelta(hours=1), audience=[audience])
        services.add_item(actor=organiser, event=found, draft=draft)
    services.publish_programme(actor=organiser, event=found)
    return found


@pytest.fixture
def chief(event: Event) -> Actor:
    return signed_in("chief", "chief_judge", "event", event.code)


def test_the_link_shows_its_roles_programme_without_signing_in(chief: Actor, client: Client) -> None:
    link = services.renew_own_calendar(actor=chief)

    answer = client.get(path_of(link))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert [str(e["summary"]) for e in Calendar.from_ical(answer.content).walk("VEVENT")] == ["网站技术：裁判会"]


def test_a_guessed_forged_or_ended_link_opens_nothing(chief: Actor, client: Client) -> None:
    former = path_of(services.renew_own_calendar(actor=chief))
    link = services.renew_own_calendar(actor=chief)
    address = path_of(link)
    forged = [f"/calendar/{link.uid.hex}.ics", f"/calendar/{link.uid.hex}.{'A' * 43}.ics", former]
    tries = [client.get(one).status_code for one in [*forged, address]]
    services.end_own_calendar(actor=chief)
    services.end_own_calendar(actor=chief)

    assert tries == [404, 404, 404, 200]
    assert client.get(address).status_code == 404


def test_the_link_ends_with_the_role_and_with_the_account(chief: Actor, client: Client) -> None:
    address = path_of(services.renew_own_calendar(actor=chief))
    User.objects.filter(pk=chief.user_id).update(is_active=False)
    inactive = client.get(address).status_code
    User.objects.filter(pk=chief.user_id).update(is_active=True)
    Grant.objects.filter(user=chief.user_id).update(ended_at=DAY)

    assert (inactive, client.get(address).status_code) == (404, 404)


def test_only_its_owner_sees_renews_and_ends_a_link(chief: Actor, event: Event, client: Client) -> None:
    link = services.renew_own_calendar(actor=chief)
    colleague = signed_in("colleague", "supervisor", "event", event.code)
    stranger = Actor(role="public")
    services.end_own_calendar(actor=colleague)
    for act in (services.renew_own_calendar, services.end_own_calendar):
        with pytest.raises(NotAllowed):
            act(actor=stranger)
    client.force_login(User.objects.get(pk=colleague.user_id))
    theirs = client.get("/calendar/").content.decode()
    client.force_login(User.objects.get(pk=chief.user_id))
    own = client.get("/calendar/").content.decode()

    assert (own_link(chief), own_link(colleague)) == (link, None)
    assert (path_of(link) in own, path_of(link) in theirs) == (True, False)


def test_links_are_made_and_ended_on_the_page(chief: Actor, client: Client) -> None:
    client.force_login(User.objects.get(pk=chief.user_id))

    client.post("/calendar/link/", {"verb": "renew"})
    made = CalendarLink.objects.live().count()
    client.post("/calendar/link/", {"verb": "end"})

    assert (made, CalendarLink.objects.live().count()) == (1, 0)


def test_a_first_link_is_given_once_and_never_again_to_who_ended_it(chief: Actor) -> None:
    grants = list(Grant.objects.filter(user=chief.user_id))
    services.give_calendars(grants=grants)
    services.give_calendars(grants=grants)
    given = CalendarLink.objects.live().count()
    services.end_own_calendar(actor=chief)

    services.give_calendars(grants=grants)

    assert (given, CalendarLink.objects.live().count()) == (1, 0)


def test_times_need_no_zone_that_the_file_would_have_to_explain(chief: Actor, client: Client) -> None:
    answer = client.get(path_of(services.renew_own_calendar(actor=chief)))

    begins = [line for line in answer.content.decode().splitlines() if line.startswith(("DTSTART", "DTEND"))]
    assert begins == ["DTSTART:20260509T010000Z", "DTEND:20260509T020000Z"]
