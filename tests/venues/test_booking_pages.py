"""The page of places: a team is moved to a session with room, and only there."""

from __future__ import annotations

from backend.core.actor import Actor
from competitions.contests.models import Event, Round
from competitions.venues import services
from competitions.venues.models import Booking
from tests.factories import browser, signed_in
from tests.venues.test_booking import entries, event, hall, pytestmark, round, session

__all__ = ["event", "pytestmark", "round"]


def page_of(event: Event) -> str:
    return f"/events/{event.code}/bookings/"


def test_a_team_moves_to_another_session_and_frees_its_place(organiser: Actor, event: Event, round: Round) -> None:
    venue = hall(organiser, event, "A01-A02")
    morning, noon = session(organiser, event, venue), session(organiser, event, venue, 4, "下午场")
    entry = entries(organiser, event, 1)[0]
    services.book(actor=organiser, round=round, entry=entry, session=morning)
    client = browser(organiser)

    shown = client.get(page_of(event)).content.decode()
    answer = client.post(
        page_of(event), {"verb": "move", "entry": str(entry.uid), "session": str(noon.uid)}, follow=True
    )

    assert f'<option value="{noon.uid}">下午场 · 空 2</option>' in shown
    assert f'value="{morning.uid}"' not in shown
    assert Booking.objects.get().session == noon
    assert "下午场" in answer.content.decode()


def test_a_session_without_room_is_not_offered_and_refuses(organiser: Actor, event: Event, round: Round) -> None:
    small, big = hall(organiser, event, "B01", "二号厅"), hall(organiser, event, "A01-A02")
    full, wide = session(organiser, event, small, name="小厅场"), session(organiser, event, big, name="大厅场")
    first, second = entries(organiser, event, 2)
    services.book(actor=organiser, round=round, entry=first, session=full)
    services.book(actor=organiser, round=round, entry=second, session=wide)
    client = browser(organiser)

    shown = client.get(page_of(event)).content.decode()
    answer = client.post(page_of(event), {"verb": "move", "entry": str(second.uid), "session": str(full.uid)})

    assert f'value="{full.uid}"' not in shown
    assert answer.status_code == 409
    assert Booking.objects.get(entry=second).session == wide


def test_a_school_moves_its_own_team_only_and_to_a_session_of_the_round(
    organiser: Actor, event: Event, round: Round
) -> None:
    venue = hall(organiser, event, "A01-A02")
    morning, noon = session(organiser, event, venue), session(organiser, event, venue, 4, "下午场")
    own, other = entries(organiser, event, 2)
    for entry in (own, other):
        services.book(actor=organiser, round=round, entry=entry, session=morning)
    client = browser(signed_in("c", "school_coordinator", "organisation", str(own.school.uid)))

    shown = client.get(page_of(event)).content.decode()
    codes = [
        client.post(page_of(event), {"verb": "move", "entry": str(team.uid), "session": target}).status_code
        for team, target in [(other, str(noon.uid)), (own, "nonsense"), (own, ""), (own, str(noon.uid))]
    ]

    assert (str(own.uid) in shown, str(other.uid) in shown) == (True, False)
    assert codes == [404, 404, 404, 302]
    assert Booking.objects.get(entry=own).session == noon
    assert Booking.objects.get(entry=other).session == morning
