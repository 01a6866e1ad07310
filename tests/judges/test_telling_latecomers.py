"""Whoever judges only after the programme was published gets what the others got."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.notify.models import Note
from backend.notify.services import deliver_due
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.models import Seat
from competitions.venues import services as venues
from tests.judges.world import DAY, RULES, judge
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import told_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES, state="registering")


def published(event: Event, organiser: Actor, audience: str) -> None:
    draft = venues.ItemDraft("judge_meeting", DAY, DAY + timedelta(hours=1), audience=[audience])
    venues.add_item(actor=organiser, event=event, draft=draft)
    venues.publish_programme(actor=organiser, event=event)
    told_now()


def seats_of(event: Event, organiser: Actor, email: str = "") -> Seat:
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    return services.add_seat(actor=organiser, panel=panel, display_name="裁判", email=email)


def told_of_the_programme(user: User | None) -> int:
    return Note.objects.filter(recipient=user, kind="programme.published").count()


def test_a_new_seat_gets_the_newest_programme_once(event: Event, organiser: Actor) -> None:
    before = seats_of(event, organiser)
    published(event, organiser, "judges")

    after = seats_of(event, organiser)

    assert (told_of_the_programme(before.user), told_of_the_programme(after.user)) == (1, 1)


def test_a_programme_without_lines_for_judges_is_not_sent(event: Event, organiser: Actor) -> None:
    published(event, organiser, "leaders")

    assert told_of_the_programme(seats_of(event, organiser).user) == 0


def test_who_is_appointed_chief_gets_the_programme(event: Event, organiser: Actor) -> None:
    published(event, organiser, "judges")
    user = User.objects.create_user("chief-to-be")

    services.appoint(actor=organiser, event=event, user=user, duty="chief")

    assert told_of_the_programme(user) == 1


def test_a_successor_is_written_to_with_the_schedule_and_the_calendar(event: Event, organiser: Actor) -> None:
    published(event, organiser, "judges")
    seat = seats_of(event, organiser)

    with mail_server(Mailbox()) as box:
        new = services.succeed_seat(actor=organiser, seat=seat, display_name="接任者", email="next@example.cn")
        deliver_due()

    assert new is not None
    assert told_of_the_programme(new.user) == 1
    assert set(box.to) == {"next@example.cn"}
    letters = [letter.get_content() for letter in box.arrived]
    assert any(f"/events/{event.code}/programme/" in text and "/calendar/" in text for text in letters)


def test_a_judge_of_the_pool_without_an_account_is_written_to_once_seated(event: Event, organiser: Actor) -> None:
    published(event, organiser, "judges")
    one = judge(910, "第910公司")
    one.put("email", "pool@example.cn")
    one.save(update_fields=["email_sealed"])
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")

    with mail_server(Mailbox()) as box:
        services.add_seat(actor=organiser, panel=panel, display_name="裁判", judge=one)
        deliver_due()

    assert set(box.to) == {"pool@example.cn"}
