"""Verdicts at the door: who may give them, what stands, and what happens when two desks say the same."""

from __future__ import annotations

from collections.abc import Callable
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
from competitions.registration.models import EntryCard
from competitions.venues import services
from competitions.venues.errors import ConflictSettled, DeskClosed, ReasonNeeded
from competitions.venues.models import CheckIn
from competitions.venues.selectors import open_conflicts
from competitions.venues.selectors.doors import digest_of, doors_list
from tests.factories import signed_in
from tests.venues.desks import cards, event, north, said, south
from tests.venues.world import desk, expected, scan

__all__ = ["cards", "event", "north", "south"]
pytestmark = pytest.mark.django_db


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
