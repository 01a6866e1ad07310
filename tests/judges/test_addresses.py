"""Judges without an account of their own: news and the calendar reach them by e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.notify import services as notify
from competitions.contests import services as contests
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.errors import SeatIsClosed
from competitions.judges.models import Panel, Seat
from competitions.venues.models import CalendarLink
from tests.judges.world import RULES, judge
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import told_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES, state="registering")


@pytest.fixture
def panel(event: Event, organiser: Actor) -> Panel:
    return services.add_panel(actor=organiser, round=event.rounds.get(), name="A")


def text_of(mailbox: Mailbox) -> str:
    (letter,) = mailbox.arrived
    return str(letter.get_content())


def test_a_judge_of_the_pool_gets_days_and_calendar_by_e_mail(
    event: Event, panel: Panel, organiser: Actor, client: Client
) -> None:
    one = judge(800, email="judge@example.cn")
    services.add_seat(actor=organiser, panel=panel, display_name="裁判800", judge=one)

    with mail_server(Mailbox()) as mailbox:
        contests.postpone_event(actor=organiser, event=event, starts_on=date(2027, 3, 1), reason="场地检修")
        told_now()
        notify.deliver_due()

    found = re.search(r"https://saixun.example.cn(/calendar/\S+\.ics)", text_of(mailbox))
    assert found is not None
    assert mailbox.to == ["judge@example.cn"]
    assert "场地检修" in text_of(mailbox)
    assert client.get(found[1]).status_code == 200
    seat = Seat.objects.get()
    services.end_seat(actor=organiser, seat=seat)
    assert client.get(found[1]).status_code == 404


def test_the_judge_gives_the_address_by_the_own_link(panel: Panel, organiser: Actor, client: Client) -> None:
    one = judge(800)
    seat = services.add_seat(actor=organiser, panel=panel, display_name="裁判800", judge=one)
    word = services.invite(actor=organiser, judge=one)

    wrong = client.post(f"/judges/answer/{word}/", {"verb": "address", "email": "x"})
    client.post(f"/judges/answer/{word}/", {"verb": "address", "email": "new@example.cn"})
    strange = client.post("/judges/answer/forged/", {"verb": "address", "email": "evil@example.cn"})

    one.refresh_from_db()
    assert seat.user is not None
    assert (wrong.status_code, strange.status_code) == (200, 404)
    assert (one.reveal("email"), seat.user.preference.reveal("email")) == ("new@example.cn", "new@example.cn")


def test_an_organiser_hands_out_a_new_link_which_ends_the_former(
    panel: Panel, organiser: Actor, other_organiser: Actor, event: Event, client: Client
) -> None:
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/events/{event.code}/judges/"
    client.post(address, {"verb": "seat", "panel": str(panel.uid), "name": "甲", "email": "a@example.cn"})
    wrong = client.post(address, {"verb": "seat", "panel": str(panel.uid), "name": "乙", "email": "a"})
    seat = Seat.objects.get()
    former = CalendarLink.objects.get()

    page = client.post(address, {"verb": "calendar", "seat": str(seat.uid)}).content.decode()
    client.force_login(User.objects.get(pk=other_organiser.user_id))
    stranger = client.post(address, {"verb": "calendar", "seat": str(seat.uid)}).status_code

    former.refresh_from_db()
    assert (wrong.status_code, stranger) == (422, 404)
    assert former.ended_at is not None
    assert re.search(r"/calendar/\S+\.ics", page)
    with pytest.raises(NotAllowed):
        services.renew_calendar(actor=other_organiser, seat=seat)
    services.end_seat(actor=organiser, seat=seat)
    with pytest.raises(SeatIsClosed):
        services.renew_calendar(actor=organiser, seat=seat)
