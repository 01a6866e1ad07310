"""Who is not let in at the door, or only with a note: late, with an ended card, of another event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.core import clock
from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.registration import services as registration
from competitions.registration.models import EntryCard, Member
from competitions.venues import services
from competitions.venues.models import CheckIn
from competitions.venues.selectors import arrivals_of
from tests.registration.world import RULES
from tests.venues.desks import cards, event, north, said, south
from tests.venues.world import scan, session_at

__all__ = ["cards", "event", "north", "south"]
pytestmark = pytest.mark.django_db


def test_nobody_is_late_in_the_last_second_and_everybody_in_the_next(
    event: Event, cards: list[EntryCard], organiser: Actor, north: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 5, 20, 0, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(hours=1))
    morning = session_at(organiser, event, start)
    services.set_plan(actor=organiser, event=event, papers=[], late_minutes=10)
    edge = start + timedelta(minutes=10)

    def come(card: EntryCard, at: datetime, **fields: Any) -> tuple[str, str]:
        return said(north, event, scan(card.member, scanned_at=at, session=morning.uid, **fields))[0]

    assert come(cards[0], edge) == ("taken", "")
    assert come(cards[1], edge + timedelta(seconds=1)) == ("refused", "too_late")
    assert come(cards[1], edge + timedelta(seconds=1), verdict="late_admitted") == ("refused", "note_missing")
    assert come(cards[1], edge + timedelta(seconds=1), verdict="late_admitted", note="大巴故障") == ("taken", "")
    assert [a.state for a in arrivals_of(event, morning)][:2] == ["admitted", "late_admitted"]


def test_a_desk_whose_clock_is_wrong_is_judged_by_the_servers(
    event: Event, cards: list[EntryCard], organiser: Actor, north: Actor
) -> None:
    now = clock.now()
    morning = session_at(organiser, event, now - timedelta(minutes=14))
    ahead = now + timedelta(minutes=5)

    kept = said(north, event, scan(cards[0].member, scanned_at=ahead, session=morning.uid), sent_at=ahead)

    row = CheckIn.objects.get()
    assert kept == [("taken", "")]
    assert row.skew_seconds == pytest.approx(-300, abs=5)
    assert abs(row.scanned_at - now) < timedelta(seconds=5)


def test_a_replaced_card_lets_nobody_in_but_the_name_does(
    event: Event, cards: list[EntryCard], organiser: Actor, north: Actor
) -> None:
    before = clock.now()
    registration.replace_card(actor=organiser, card=cards[0])

    assert said(north, event, scan(cards[0].member, card=cards[0].uid)) == [("refused", "card_ended")]
    assert said(north, event, scan(cards[0].member, card=cards[0].uid, scanned_at=before)) == [("taken", "")]
    assert said(north, event, scan(cards[1].member)) == [("taken", "")]


def test_what_a_desk_says_about_things_of_another_event_is_refused(
    event: Event, cards: list[EntryCard], organiser: Actor, north: Actor, make_event: Callable[..., Event]
) -> None:
    elsewhere = make_event("GZ-2026-999", rules=RULES)
    session = session_at(organiser, elsewhere, clock.now())
    unknown = replace(scan(None), member=uuid4())

    assert said(north, event, scan(cards[0].member, session=session.uid), unknown) == [
        ("refused", "unknown_session"),
        ("refused", "unknown_person"),
    ]
    assert said(north, event, scan(cards[0].member, card=cards[1].uid)) == [("refused", "unknown_person")]
    assert said(north, event, scan(None)) == [("refused", "unknown_person")]
    assert not CheckIn.objects.exists()


def test_who_is_not_let_in_is_told_why_and_may_come_back(
    event: Event, cards: list[EntryCard], north: Actor, south: Actor
) -> None:
    turned = scan(cards[0].member, verdict="refused", papers=())

    assert said(north, event, turned) == [("refused", "reason_missing")]
    assert said(north, event, replace(turned, reasons=("no_id_card",))) == [("taken", "")]
    assert arrivals_of(event, None)[0].state == "refused"
    assert said(south, event, scan(cards[0].member, papers=("id_card",))) == [("refused", "papers_missing")]
    assert said(south, event, scan(cards[0].member)) == [("taken", "")]

    assert arrivals_of(event, None)[0].state == "admitted"
    assert not CheckIn.objects.filter(conflicts_with__isnull=False).exists()


def test_an_unknown_code_is_written_down_without_a_person(event: Event, cards: list[EntryCard], north: Actor) -> None:
    assert said(north, event, scan(None, verdict="refused", reasons=("not_listed",))) == [("taken", "")]

    assert CheckIn.objects.get().member is None


def test_who_left_the_team_is_not_on_the_list(event: Event, cards: list[EntryCard], north: Actor) -> None:
    Member.objects.filter(pk=cards[0].member_id).update(ended_at=clock.now())

    assert said(north, event, scan(cards[0].member)) == [("refused", "not_listed")]


def test_a_card_of_a_withdrawn_team_opens_no_door(
    event: Event, cards: list[EntryCard], organiser: Actor, north: Actor
) -> None:
    member = cards[0].member
    registration.withdraw_entry(actor=organiser, entry=member.entry, reason="选手骨折")

    assert said(north, event, scan(member)) == [("refused", "not_listed")]
    verdict, fault = said(north, event, scan(member, card=cards[0].uid))[0]
    assert (verdict, fault in ("not_listed", "card_ended")) == ("refused", True)
    card = EntryCard.objects.get(pk=cards[0].pk)
    assert card.ended_at is not None
