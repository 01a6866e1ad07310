"""Entries become codes that tell nothing; only decoding walks back, and it notices an altered table."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from backend.core.actor import Actor
from backend.core.errors import IllegalMove, NotAllowed
from competitions.contests.models import Event
from competitions.draw import rulebook, services
from competitions.draw.errors import CodeTableAltered, NothingToDraw
from competitions.draw.models import CodeMapping, Work
from competitions.registration.models import Entry
from competitions.venues.services import add_stations
from tests.factories import organisation
from tests.scoring.world import RULES

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    event = make_event(state="registered", rules=RULES)
    for n in range(6):
        Entry.objects.create(event=event, school=organisation(f"学校{n}"), state="submitted")
    Entry.objects.create(event=event, school=organisation("未提交"), state="draft")
    return event


def test_every_submitted_entry_gets_a_work_of_its_own(event: Event, organiser: Actor) -> None:
    count = services.draw_round(actor=organiser, round=event.rounds.get())

    decoded = services.decode(round=event.rounds.get())

    assert count == 6
    assert sorted(decoded) == sorted(Work.objects.values_list("code", flat=True))
    submitted = Entry.objects.filter(state="submitted").values_list("uid", flat=True)
    assert sorted(decoded.values()) == sorted(str(uid) for uid in submitted)


def test_works_are_created_in_code_order(event: Event, organiser: Actor) -> None:
    services.draw_round(actor=organiser, round=event.rounds.get())

    codes = list(Work.objects.order_by("pk").values_list("code", flat=True))

    assert codes == sorted(codes)


def test_stations_give_the_last_layer_its_codes(event: Event, organiser: Actor) -> None:
    add_stations(actor=organiser, event=event, venue_name="一号厅", stations="A01-A24")

    services.draw_round(actor=organiser, round=event.rounds.get())

    assert {code[0] for code in Work.objects.values_list("code", flat=True)} == {"A"}


def test_a_draw_happens_once_and_only_by_its_organiser(event: Event, organiser: Actor, other_organiser: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.draw_round(actor=other_organiser, round=event.rounds.get())
    services.draw_round(actor=organiser, round=event.rounds.get())

    with pytest.raises(IllegalMove):
        services.draw_round(actor=organiser, round=event.rounds.get())


def test_without_entries_nothing_is_drawn(make_event: Callable[..., Event], organiser: Actor) -> None:
    empty = make_event("GZ-0", state="registered", rules=RULES)

    with pytest.raises(NothingToDraw):
        services.draw_round(actor=organiser, round=empty.rounds.get())

    empty.refresh_from_db()
    assert empty.state == "registered"


def test_the_table_holds_no_readable_code(event: Event, organiser: Actor) -> None:
    services.draw_round(actor=organiser, round=event.rounds.get())

    table = str(list(CodeMapping.objects.values()))

    assert [c for c in Work.objects.values_list("code", flat=True) if f"'{c}'" in table] == []


def test_an_altered_table_is_noticed(event: Event, organiser: Actor) -> None:
    services.draw_round(actor=organiser, round=event.rounds.get())
    row = CodeMapping.objects.filter(layer__number=2).first()
    assert row is not None
    row.put("to", "Z99")
    row.save()

    with pytest.raises(CodeTableAltered):
        services.decode(round=event.rounds.get())


@pytest.mark.parametrize("count", [1, 60, 700, 4000])
def test_fresh_codes_are_different(count: int) -> None:
    assert len(set(rulebook.fresh_codes(count, Random(1)))) == count
