"""Seats get accounts of their own; a card signs in once and leads to the judge's desk."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.errors import SeatsAreSettled
from competitions.judges.models import Seat

pytestmark = pytest.mark.django_db


def test_the_first_seat_records_until_another_does(make_event: Callable[..., Event], organiser: Actor) -> None:
    panel = services.add_panel(actor=organiser, round=make_event().rounds.get(), name="A")
    services.add_seat(actor=organiser, panel=panel, display_name="甲")
    services.add_seat(actor=organiser, panel=panel, display_name="乙", records=True)

    assert list(Seat.objects.order_by("number").values_list("number", "records")) == [(1, False), (2, True)]


def test_strangers_build_no_panel(make_event: Callable[..., Event], other_organiser: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.add_panel(actor=other_organiser, round=make_event().rounds.get(), name="A")


def test_a_new_seat_records_when_the_recorder_has_left(make_event: Callable[..., Event], organiser: Actor) -> None:
    panel = services.add_panel(actor=organiser, round=make_event().rounds.get(), name="A")
    left = services.add_seat(actor=organiser, panel=panel, display_name="甲")
    services.add_seat(actor=organiser, panel=panel, display_name="乙")
    services.end_seat(actor=organiser, seat=left)

    added = services.add_seat(actor=organiser, panel=panel, display_name="丙")

    assert list(Seat.objects.filter(ended_at=None, records=True)) == [added]


def test_no_seat_is_added_while_scoring(make_event: Callable[..., Event], organiser: Actor) -> None:
    event = make_event()
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    Event.objects.update(state="scoring")

    with pytest.raises(SeatsAreSettled):
        services.add_seat(actor=organiser, panel=panel, display_name="甲", records=True)

    assert Seat.objects.count() == 0


def test_a_card_opens_the_seat_and_an_ended_seat_closes_it(
    make_event: Callable[..., Event], organiser: Actor, client: Client
) -> None:
    panel = services.add_panel(actor=organiser, round=make_event().rounds.get(), name="A")
    seat = services.add_seat(actor=organiser, panel=panel, display_name="甲")
    card = services.print_card(actor=organiser, seat=seat)

    entered = client.post("/card/", {"word": card.code})
    desk = client.get("/api/v1/judge/desk")
    services.end_seat(actor=organiser, seat=seat)

    assert (entered.headers["Location"], desk.status_code) == ("/judge/", 200)
    assert client.get("/api/v1/judge/desk").status_code == 404


def test_the_seats_go_out_as_a_workbook(make_event: Callable[..., Event], organiser: Actor, client: Client) -> None:
    event = make_event()
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    services.add_panel(actor=organiser, round=event.rounds.get(), name="B")
    services.add_seat(actor=organiser, panel=panel, display_name="甲")
    services.end_seat(actor=organiser, seat=services.add_seat(actor=organiser, panel=panel, display_name="乙"))
    client.force_login(User.objects.get(pk=organiser.user_id))

    file = client.get(f"/events/{event.code}/judges/?format=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert [row[:3] for row in list(sheet.values)[1:]] == [("A", 1, "甲"), ("A", 2, "乙"), ("B", None, None)]
