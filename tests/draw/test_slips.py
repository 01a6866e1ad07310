"""Codes go onto slips, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.draw import services
from competitions.draw.models import Work
from competitions.draw.selectors import codes_of, layers_of
from competitions.registration.models import Entry
from tests.factories import organisation
from tests.scoring.world import RULES

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(make_event: Callable[..., Event], organiser: Actor) -> Event:
    event = make_event(state="registered", rules=RULES)
    for n in range(6):
        Entry.objects.create(event=event, school=organisation(f"学校{n}"), state="submitted")
    services.draw_round(actor=organiser, round=event.rounds.get())
    return event


def test_a_layers_codes_come_in_an_order_that_tells_nothing(drawn: Event) -> None:
    first, last = [codes_of(layer) for layer in layers_of(drawn.rounds.get())]

    assert (len(first), first) == (6, sorted(first))
    assert last == sorted(Work.objects.values_list("code", flat=True))


def test_the_organiser_prints_slips_of_a_drawn_layer(drawn: Event, organiser: Actor, client: Client) -> None:
    client.force_login(User.objects.get(pk=organiser.user_id))

    printed = client.get(f"/events/{drawn.code}/draw/1/slips/")
    missing = client.get(f"/events/{drawn.code}/draw/3/slips/")

    assert (printed.status_code, printed.content[:5], missing.status_code) == (200, b"%PDF-", 404)


def test_strangers_print_none(drawn: Event, other_organiser: Actor, client: Client) -> None:
    client.force_login(User.objects.get(pk=other_organiser.user_id))

    assert client.get(f"/events/{drawn.code}/draw/1/slips/").status_code == 404
