"""The schedule: what stands in the way, immutable versions with their changes, calendars and the printed programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from competitions.contests.models import Event
from competitions.venues import services
from competitions.venues.errors import NothingChanged, ScheduleIsEmpty
from competitions.venues.models import Programme, Venue
from competitions.venues.rulebook import Clash, Item, changes, clashes
from competitions.venues.selectors.schedule import agenda_of, clashes_of
from competitions.venues.services import ItemDraft
from tests.factories import signed_in
from tests.registration.world import RULES
from tests.venues.test_booking import entries, hall, session

DAY = datetime(2026, 5, 9, 1, tzinfo=UTC)


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


def draft(kind: str = "leader_meeting", begins: int = 0, hours: int = 1, **fields: Any) -> ItemDraft:
    starts = DAY + timedelta(hours=begins)
    return ItemDraft(kind, starts, starts + timedelta(hours=hours), **{"audience": ["leaders"], **fields})


def item(key: str, begins: int, kind: str = "draw", **fields: Any) -> Item:
    starts = DAY + timedelta(hours=begins)
    return Item(key, kind, starts, starts + timedelta(hours=2), **fields)


TEAMS = frozenset({"teams"})


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (item("a", 0, place="一号厅"), item("b", 1, place="一号厅"), ["place"]),
        (item("a", 0, place="一号厅"), item("b", 2, place="一号厅"), []),
        (item("a", 0, audience=TEAMS), item("b", 1, audience=TEAMS), ["audience"]),
        (item("a", 0, audience=TEAMS), item("b", 1, audience=frozenset({"public"})), []),
        (item("a", 0, "check_in", audience=TEAMS), item("b", 1, audience=TEAMS), []),
        (item("a", 0, audience=TEAMS, session=True), item("b", 1, audience=TEAMS, session=True), []),
    ],
)
def test_what_stands_in_the_way(one: Item, other: Item, found: list[str]) -> None:
    assert [clash.kind for clash in clashes([one, other])] == found


LINES = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["一号厅", "二号厅"])).map(
    lambda places: [{"uid": key, "place": place} for key, place in places.items()]
)


@given(LINES, LINES)
def test_changes_lead_from_one_version_to_the_next(before: list[dict[str, str]], after: list[dict[str, str]]) -> None:
    made = {line["uid"]: line["place"] for line in before}

    for change in changes(before, after):
        if change.kind == "removed":
            del made[change.line["uid"]]
        else:
            made[change.line["uid"]] = change.line["place"]

    assert made == {line["uid"]: line["place"] for line in after}


@pytest.mark.django_db
def test_versions_are_numbered_and_say_what_changed(organiser: Actor, event: Event, client: Client) -> None:
    with pytest.raises(ScheduleIsEmpty):
        services.publish_programme(actor=organiser, event=event)
    meeting = services.add_item(actor=organiser, event=event, draft=draft(place="报告厅"))
    services.publish_programme(actor=organiser, event=event)
    with pytest.raises(NothingChanged):
        services.publish_programme(actor=organiser, event=event)
    services.change_item(actor=organiser, item=meeting, draft=draft(place="图书馆"))
    unseen = client.get(f"/events/{event.code}/programme/").content.decode()
    services.publish_programme(actor=organiser, event=event, note="换会场")

    newest = client.get(f"/events/{event.code}/programme/").content.decode()
    former = client.get(f"/events/{event.code}/programme/?version=1").content.decode()

    assert ("图书馆" in unseen, "报告厅 → 图书馆" in newest, "换会场" in newest) == (False, True, True)
    assert ("图书馆" in former, "报告厅" in former) == (False, True)
    assert client.get(f"/events/{event.code}/programme/?version=3").status_code == 404


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_published_version_never_changes(organiser: Actor, event: Event) -> None:
    services.add_item(actor=organiser, event=event, draft=draft())
    made = services.publish_programme(actor=organiser, event=event)

    for act in (lambda: Programme.objects.update(note="x"), lambda: made.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.django_db
def test_bad_items_are_refused_all_at_once(organiser: Actor, event: Event, make_event: Callable[..., Event]) -> None:
    elsewhere = Venue.objects.create(event=make_event("GZ-2026-050"), name="别处")

    with pytest.raises(Invalid) as refused:
        services.add_item(actor=organiser, event=event, draft=draft("party", hours=0, venue=elsewhere))

    assert set(refused.value.problems) == {"kind", "ends_at", "venue"}


@pytest.mark.django_db
def test_strangers_plan_nothing(organiser: Actor, other_organiser: Actor, event: Event) -> None:
    made = services.add_item(actor=organiser, event=event, draft=draft())

    for act in (
        lambda: services.add_item(actor=other_organiser, event=event, draft=draft()),
        lambda: services.change_item(actor=other_organiser, item=made, draft=draft()),
        lambda: services.remove_item(actor=other_organiser, item=made),
        lambda: services.publish_programme(actor=other_organiser, event=event),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.django_db
def test_clashes_are_shown_with_what_and_when(organiser: Actor, event: Event, client: Client) -> None:
    venue = hall(organiser, event, "A01")
    session(organiser, event, venue)
    services.add_item(
        actor=organiser, event=event, draft=draft("venue_tour", begins=24, venue=venue, audience=["teams"])
    )
    client.force_login(User.objects.get(pk=organiser.user_id))

    page = client.get(f"/events/{event.code}/schedule/").content.decode()

    assert [c.kind for c in clashes_of(event)] == ["place", "audience"]
    assert "一号厅同一时间有两项安排" in page


@pytest.mark.django_db
def test_a_school_meets_its_own_sessions_only(organiser: Actor, event: Event, client: Client) -> None:
    venue = hall(organiser, event, "A01")
    session(organiser, event, venue)
    session(organiser, event, venue, 3, "下午场")
    first, second = entries(organiser, event, 2)
    services.place_teams(actor=organiser, round=event.rounds.get())
    services.add_item(actor=organiser, event=event, draft=draft("judge_meeting", audience=["judges"]))
    services.publish_programme(actor=organiser, event=event)
    coordinator = signed_in("c", "school_coordinator", "organisation", str(second.school.uid))
    client.force_login(User.objects.get(pk=coordinator.user_id))

    titles = [line["title"] for agenda in agenda_of(coordinator) for line in agenda.lines]
    calendar = Calendar.from_ical(client.get("/calendar.ics").content)

    assert titles == ["下午场"]
    assert [str(e["location"]) for e in calendar.walk("VEVENT")] == ["一号厅"]


@pytest.mark.django_db
def test_the_programme_is_printed_with_its_version_and_hash(organiser: Actor, event: Event, client: Client) -> None:
    services.add_item(actor=organiser, event=event, draft=draft(place="报告厅", responsible="赛项执委会"))
    made = services.publish_programme(actor=organiser, event=event)

    answer = client.get(f"/events/{event.code}/programme.pdf")
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    text = "".join(text.split())

    assert ("报告厅" in text, "赛项执委会" in text, made.sha256[:16] in text) == (True, True, True)


@pytest.mark.django_db
def test_before_the_first_version_there_is_no_calendar(event: Event, client: Client) -> None:
    assert client.get(f"/events/{event.code}/programme.ics").status_code == 404
    assert client.get(f"/events/{event.code}/programme/").status_code == 200


def test_a_clash_is_named_once() -> None:
    found = clashes([item("b", 0, place="x"), item("a", 0, place="x")])

    assert found == [Clash("place", "a", "b", "x")]
