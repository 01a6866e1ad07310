"""The arrival board, the setting up of desks, and the API of a desk, through their real edges."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Grant
from competitions.contests.models import Event
from competitions.registration.models import EntryCard
from competitions.venues import services
from competitions.venues.models import CheckIn, ConflictRuling
from competitions.venues.projections.arrivals import arrivals_state
from tests.factories import browser
from tests.registration.world import RULES
from tests.venues.world import PAPERS, desk, expected, scan


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def cards(organiser: Actor, event: Event) -> list[EntryCard]:
    found = expected(organiser, event)
    member = found[0].member
    member.put("phone", "13812345678")
    member.save(update_fields=["phone_sealed"])
    return found


def sent(client: Client, event: Event, scans: list[dict[str, Any]]) -> Any:
    address = f"/api/v1/events/{event.code}/checkin/scans"
    return client.post(address, {"sent_at": clock.now(), "scans": scans}, content_type="application/json")


def line(card: EntryCard, **fields: Any) -> dict[str, Any]:
    known = {
        "client_id": str(uuid4()),
        "member": str(card.member.uid),
        "card": str(card.uid),
        "method": "qr",
        "verdict": "admitted",
        "papers": list(PAPERS),
        "scanned_at": clock.now(),
    }
    return {**known, **fields}


def test_a_desk_loads_its_list_and_sends_verdicts(event: Event, cards: list[EntryCard], organiser: Actor) -> None:
    client = browser(desk(organiser, event, "北门"))

    listed = client.get(f"/api/v1/events/{event.code}/checkin/list")
    answer = sent(client, event, [line(cards[0])])

    assert len(listed.json()["people"]) == 6
    assert "13812345678" not in listed.content.decode()
    assert answer.json()["verdicts"][0]["verdict"] == "taken"
    assert CheckIn.objects.get().member == cards[0].member


def test_what_is_no_scan_is_told_and_nothing_is_written(event: Event, cards: list[EntryCard], organiser: Actor) -> None:
    client = browser(desk(organiser, event, "北门"))
    wrong = [[line(cards[0], verdict="maybe")], [line(cards[0], reasons=["tired"])], [line(cards[0])] * 51]

    assert [sent(client, event, scans).status_code for scans in wrong] == [400, 400, 400]
    assert not CheckIn.objects.exists()


def test_the_organiser_reads_who_is_missing_with_a_masked_phone(
    event: Event, cards: list[EntryCard], organiser: Actor
) -> None:
    services.record_scans(actor=organiser, event=event, scans=[scan(cards[1].member)])

    page = browser(organiser).get(f"/events/{event.code}/arrivals/")

    assert page.context["counts"] == {"expected": 6, "inside": 1, "late": 0, "refused": 0, "missing": 5}
    assert "138****5678" in page.content.decode()
    assert "13812345678" not in page.content.decode()


def test_the_projector_and_its_topic_name_nobody(event: Event, cards: list[EntryCard], organiser: Actor) -> None:
    services.record_scans(actor=organiser, event=event, scans=[scan(cards[1].member)])
    names = [card.member.reveal("name") for card in cards]

    shown = browser(organiser).get(f"/events/{event.code}/arrivals/screen/").content.decode()
    state = str(arrivals_state(event.code, set()))

    assert [name for name in names if name in shown or name in state] == []
    assert "第0职业学院" in shown


def test_the_workbook_holds_everybody_with_what_was_said(
    event: Event, cards: list[EntryCard], organiser: Actor
) -> None:
    turned = scan(cards[0].member, verdict="refused", reasons=("no_id_card",), papers=(), note="忘带")
    services.record_scans(actor=desk(organiser, event, "北门"), event=event, scans=[turned])

    answer = browser(organiser).get(f"/events/{event.code}/arrivals/?format=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]

    assert len(rows) == 7
    assert [cell for cell in rows[1] if cell in ("138****5678", "北门", "缺身份证", "忘带")] == [
        "138****5678",
        "北门",
        "缺身份证",
        "忘带",
    ]


def test_the_organiser_settles_a_conflict_on_the_board(event: Event, cards: list[EntryCard], organiser: Actor) -> None:
    for name in ("北门", "南门"):
        services.record_scans(actor=desk(organiser, event, name), event=event, scans=[scan(cards[0].member)])
    late = CheckIn.objects.get(conflicts_with__isnull=False)
    client = browser(organiser)

    before = client.get("/").content.decode()
    client.post(f"/events/{event.code}/arrivals/rule/", {"check_in": str(late.uid), "reason": "两个门都扫了"})
    after = client.get("/").content.decode()

    assert ConflictRuling.objects.get().reveal("reason") == "两个门都扫了"
    assert "重复入场待处理" in before
    assert "重复入场待处理" not in after


def test_a_card_of_a_desk_opens_the_door_and_nothing_else(
    event: Event, cards: list[EntryCard], organiser: Actor
) -> None:
    client = browser(organiser)
    client.post(f"/events/{event.code}/check-in/desks/", {"verb": "add", "name": "北门"})
    grant = Grant.objects.get(role="checkin_officer")
    _grant, made = services.print_desk_card(actor=organiser, event=event, desk=grant.uid)
    tablet = Client()

    entered = tablet.post("/card/", {"word": made.code}, follow=True)

    assert entered.request["PATH_INFO"] == f"/events/{event.code}/check-in/"
    closed = ["arrivals", "check-in/desks", "workbench", "entries", "judges"]
    assert {tablet.get(f"/events/{event.code}/{page}/").status_code for page in closed} <= {403, 404}
    client.post(f"/events/{event.code}/check-in/desks/", {"verb": "close", "desk": str(grant.uid)})
    told = tablet.get(f"/events/{event.code}/check-in/")
    assert (told.status_code, "组委会已关闭这个检录台" in told.content.decode()) == (403, True)
    assert f"/card/?next=/events/{event.code}/check-in/" in told.content.decode()
    assert tablet.get("/events/ANOTHER/check-in/").status_code == 404
