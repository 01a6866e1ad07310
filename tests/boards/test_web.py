"""The pages: who may open them, and what they show without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from backend.core.actor import Actor
from competitions.boards.services import set_board_mode
from competitions.contests.models import Event
from competitions.scoring.models import Scheme
from tests.factories import browser, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["board/", "board/screen/"])
@pytest.mark.parametrize("mode", ["hidden", "progress", "coded", "named"])
def test_every_mode_is_drawn_by_the_server(
    event: Event,
    scheme: Scheme,
    score: Callable[..., Any],
    organiser: Actor,
    client: Client,
    request: pytest.FixtureRequest,
    page: str,
    mode: str,
) -> None:
    if mode == "named":
        request.getfixturevalue("published")
    score("B17", A="38.40", B="30.00", done=8)
    set_board_mode(actor=organiser, event=event, mode=mode)

    answer = client.get(f"/events/{event.code}/{page}")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert {"B17": "B17" in text, "68.40": "68.40" in text} == {
        "B17": mode == "coded",
        "68.40": mode == "coded",
    }
    assert ("张三" in text) == (mode == "named")


def test_a_board_of_a_draft_is_not_known_to_the_public(make_event: Callable[..., Event], client: Client) -> None:
    make_event(state="draft")

    assert client.get("/events/GZ-2026-046/board/").status_code == 404
    assert client.get("/api/v1/events/GZ-2026-046/board").status_code == 404


def test_the_board_can_be_read_as_json(event: Event, client: Client) -> None:
    answer = client.get(f"/api/v1/events/{event.code}/board")

    assert answer.status_code == 200
    assert set(answer.json()) == {"topic", "version", "changed_at", "state"}


def test_the_public_board_costs_no_query_when_it_was_just_read(
    event: Event, client: Client, django_assert_num_queries: Any
) -> None:
    client.get(f"/events/{event.code}/board/")

    with django_assert_num_queries(0):
        client.get(f"/events/{event.code}/board/")


def test_the_jury_board_is_for_officers_and_organisers(
    event: Event, scheme: Scheme, organiser: Actor, other_organiser: Actor, client: Client
) -> None:
    address = f"/events/{event.code}/jury-board/"
    chief = signed_in("chief", "chief_judge", "event", event.code)
    other_chief = signed_in("other-chief", "chief_judge", "event", "GZ-2026-999")

    seen = [browser(a).get(address).status_code for a in (organiser, chief, other_chief, other_organiser)]

    assert [*seen, client.get(address).status_code] == [200, 200, 403, 403, 403]


def test_the_workbench_shows_the_line_and_is_for_organisers(
    event: Event, scheme: Scheme, organiser: Actor, other_organiser: Actor
) -> None:
    address = f"/events/{event.code}/workbench/"
    answer = browser(organiser).get(address)

    assert answer.status_code == 200
    assert [(step.label, step.state) for step in answer.context["steps"]][1:5] == [
        ("报名", "done"),
        ("裁判组", "done"),
        ("抽签加密", "done"),
        ("评分", "now"),
    ]
    assert browser(other_organiser).get(address).status_code == 403


def test_the_workbench_changes_the_mode(event: Event, organiser: Actor) -> None:
    client = browser(organiser)

    answer = client.post(f"/events/{event.code}/workbench/", {"mode": "coded", "page_size": "6"})

    assert answer.status_code == 302
    assert "coded" in client.get(f"/api/v1/events/{event.code}/board").content.decode()


def test_a_fragment_holds_no_second_page(event: Event, organiser: Actor) -> None:
    answer = browser(organiser).get(f"/events/{event.code}/workbench/", headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
