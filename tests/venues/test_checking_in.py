"""Verdicts at the door: who may give them, what stands, and what happens when two desks say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.people.selectors import actor_for
from competitions.contests.models import Event
from competitions.registration import services as registration
from competitions.registration.models import EntryCard, Member
from competitions.venues import services
from competitions.venues.errors import ConflictSettled, DeskClosed, ReasonNeeded
from competitions.venues.models import CheckIn
from competitions.venues.selectors import arrivals_of, open_conflicts
from competitions.venues.selectors.doors import digest_of, doors_list
from tests.factories import signed_in
from tests.registration.world import RULES
from tests.venues.world import desk, expected, scan, session_at


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def cards(organiser: Actor, event: Event) -> list[EntryCard]:
    return expected(organiser, event)


@pytest.fixture
def north(organiser: Actor, event: Event) -> Actor:
    return desk(organiser, event, "北门")


@pytest.fixture
def south(organiser: Actor, event: Event) -> Actor:
    return desk(organiser, event, "南门")


def said(actor: Actor, event: Event, *scans: Any, **fields: Any) -> list[tuple[str, str]]:
    found = services.record_scans(actor=actor, event=event, scans=scans, **fields)
    return [(one.verdict, one.code) for one in found]


def test_a_desk_lets_somebody_in_once_however_often_it_sends(
    event: Event, cards: list[EntryCard], north: Actor
) -> None:
    one = scan(cards[0].member, card=cards[0].uid, method="qr", note="证件照旧")

    assert said(north, event, one, one) == [("taken", ""), ("known", "")]
    assert said(north, event, one) == [("known", "")]

    row = CheckIn.objects.get()
    assert (row.verdict, row.desk, row.reveal("note"), row.papers) == (
        "admitted",
        "北门",
        "证件照旧",
        "id_card,participation_card,student_card",
    )
    assert "证件照旧" not in row.note_sealed


def test_organisers_and_desks_of_the_event_check_in_and_nobody_else(
    event: Event, cards: list[EntryCard], organiser: Actor, other_organiser: Actor, make_event: Callable[..., Event]
) -> None:
    elsewhere = make_event("GZ-2026-999")
    strangers = [
        other_organiser,
        desk(organiser, elsewhere, "别处"),
        signed_in("coordinator", "school_coordinator", "organisation", str(cards[0].member.entry.school.uid)),
        signed_in("chief", "chief_judge", "event", event.code),
    ]

    for stranger in strangers:
        with pytest.raises(NotAllowed):
            said(stranger, event, scan(cards[0].member))

    assert said(organiser, event, scan(cards[0].member)) == [("taken", "")]


def test_a_closed_desk_says_nothing_any_more(event: Event, cards: list[EntryCard], organiser: Actor) -> None:
    grant = services.add_desk(actor=organiser, event=event, name="北门")
    before = actor_for(grant.user, grant_uid=str(grant.uid), bound=True)
    services.close_desk(actor=organiser, event=event, desk=grant.uid)

    with pytest.raises(NotAllowed):
        said(before, event, scan(cards[0].member))
    with pytest.raises(NotAllowed):
        said(actor_for(grant.user, grant_uid=str(grant.uid), bound=True), event, scan(cards[0].member))
    with pytest.raises(DeskClosed):
        services.print_desk_card(actor=organiser, event=event, desk=grant.uid)


def test_two_desks_that_let_in_the_same_person_are_both_kept_and_reported(
    event: Event, cards: list[EntryCard], organiser: Actor, north: Actor, south: Actor
) -> None:
    said(north, event, scan(cards[0].member))

    scans = [scan(cards[0].member), scan(cards[1].member)]
    found = services.record_scans(actor=south, event=event, scans=scans)
    again = services.record_scans(actor=south, event=event, scans=scans)  # the first answer was lost on the way

    assert [(one.verdict, one.conflict) for one in found] == [("taken", True), ("taken", False)]
    assert [(one.verdict, one.conflict) for one in again] == [("known", True), ("known", False)]
    late = CheckIn.objects.get(conflicts_with__isnull=False)
    assert (late.desk, late.conflicts_with.desk if late.conflicts_with else "") == ("南门", "北门")
    assert open_conflicts(organiser) == {event.code: 1}


def test_an_organiser_says_once_what_happened(
    event: Event, cards: list[EntryCard], organiser: Actor, other_organiser: Actor, north: Actor, south: Actor
) -> None:
    said(north, event, scan(cards[0].member))
    said(south, event, scan(cards[0].member))
    first, late = CheckIn.objects.order_by("pk")

    for stranger in (other_organiser, north):
        with pytest.raises(NotAllowed):
            services.rule_on_conflict(actor=stranger, check_in=late, reason="扫了两次")
    with pytest.raises(ReasonNeeded):
        services.rule_on_conflict(actor=organiser, check_in=late, reason="  ")
    with pytest.raises(NotFound):
        services.rule_on_conflict(actor=organiser, check_in=first, reason="扫了两次")
    ruling = services.rule_on_conflict(actor=organiser, check_in=late, reason="扫了两次")
    with pytest.raises(ConflictSettled):
        services.rule_on_conflict(actor=organiser, check_in=late, reason="再说一次")

    assert ruling.reveal("reason") == "扫了两次"
    assert open_conflicts(organiser) == {}


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


def test_verdicts_are_never_changed(event: Event, cards: list[EntryCard], north: Actor) -> None:
    said(north, event, scan(cards[0].member))

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        CheckIn.objects.update(verdict="refused")
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(
            event=event,
            member=cards[0].member,
            method="qr",
            verdict="admitted",
            client_id=uuid4(),
            scanned_at=clock.now(),
            received_at=clock.now(),
        )


def test_the_list_of_a_desk_holds_digests_and_no_code(event: Event, cards: list[EntryCard], north: Actor) -> None:
    said(north, event, scan(cards[0].member))

    found = doors_list(event, None)

    assert [line["inside"] for line in found["people"]].count(True) == 1
    assert found["people"][0]["cards"][0]["digest"] == digest_of(cards[0].token)
    assert cards[0].token not in str(found)


def test_a_batch_of_fifty_asks_no_more_than_a_batch_of_two(event: Event, organiser: Actor, north: Actor) -> None:
    cards = expected(organiser, event, schools=18)

    def cost(some: list[EntryCard]) -> int:
        with CaptureQueriesContext(connection) as seen:
            answers = said(north, event, *[scan(card.member, card=card.uid) for card in some])
        assert answers == [("taken", "")] * len(some)
        return len(seen)

    cost(cards[:1])
    assert cost(cards[1:3]) == cost(cards[3:53])


def test_the_audit_names_nobody(event: Event, cards: list[EntryCard], north: Actor) -> None:
    said(north, event, scan(cards[0].member, note="人100 迟到"))

    entry = AuditEntry.objects.filter(action="checkin.take").get()
    assert entry.details == {"count": 1, "conflicts": 0}


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


def test_a_desk_that_let_the_same_person_in_twice_without_network_sends_both(
    organiser: Actor, north: Actor, event: Event, cards: list[EntryCard]
) -> None:
    member, other = cards[0].member, cards[1].member
    refused = scan(member, verdict="refused", reasons=("photo_differs",))
    batch = [scan(member), scan(other), refused, scan(member)]

    found = services.record_scans(actor=north, event=event, scans=batch)

    assert [(one.verdict, one.conflict) for one in found] == [
        ("taken", False),
        ("taken", False),
        ("taken", False),
        ("taken", True),
    ]
    rows = list(CheckIn.objects.order_by("pk"))
    assert [row.client_id for row in rows] == [one.client_id for one in batch]
    assert rows[3].conflicts_with == rows[0]
    assert open_conflicts(organiser) == {event.code: 1}
