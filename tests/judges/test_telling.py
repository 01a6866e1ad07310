"""Judges hear of what concerns them: other days, a new programme, a closed seat, a notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.notify import services as notify
from backend.notify.models import Note
from backend.notify.rulebook import Text
from backend.notify.selectors import addressees, body_of, keys_of, mailboxes
from backend.people.models import Grant, Organisation
from competitions.contests import services as contests
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.models import Judge, Nomination
from competitions.judges.selectors.telling import judges_in
from competitions.venues import services as venues
from competitions.venues.models import CalendarLink
from competitions.venues.selectors.calendars import path_of
from tests.factories import signed_in
from tests.judges.world import DAY, RULES, judge
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import told_now
from tests.scoring.world import chief_of, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES, state="registering")


def with_account(judge: Judge, name: str) -> User:
    user = User.objects.create_user(name)
    judge.person.user = user
    judge.person.save(update_fields=["user"])
    return user


def named(event: Event, serial: int, state: str) -> User:
    """Somebody with an account whom a school named for the event."""
    school = Organisation.objects.first()
    assert school is not None
    one = judge(serial, f"第{serial}公司")
    Nomination.objects.create(event=event, school=school, judge=one, state=state, reason="x")
    return with_account(one, f"own-{serial}")


def told(kind: str) -> set[int]:
    return set(Note.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def test_judges_are_seats_officials_and_the_accepted_without_a_seat(
    event: Event, make_event: Callable[..., Event], organiser: Actor
) -> None:
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    other = services.add_panel(actor=organiser, round=make_event("GZ-2026-050").rounds.get(), name="A")
    seat, holder = seated(panel, 1)
    gone, left = seated(panel, 2)
    services.end_seat(actor=organiser, seat=gone)
    seated(other, 1)
    chief = chief_of(event)
    accepted, waiting = named(event, 910, "accepted"), named(event, 911, "nominated")
    sitting = named(event, 912, "accepted")
    seat.judge = sitting.person.judge
    seat.save(update_fields=["judge"])

    found = {one.user_id for one in judges_in([event.code])}

    assert found == {holder.user_id, chief.user_id, accepted.pk}
    assert not {left.user_id, waiting.pk, sitting.pk} & found


def test_a_postponement_reaches_the_judges(event: Event, organiser: Actor) -> None:
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    _seat, holder = seated(panel, 1)
    chief = chief_of(event)

    contests.postpone_event(actor=organiser, event=event, starts_on=date(2027, 3, 1), reason="场地检修")
    told_now()

    assert told("event.postponed") == {holder.user_id, chief.user_id}


def test_a_postponed_edition_reaches_the_judges_of_its_events(event: Event, organiser: Actor) -> None:
    event.starts_on = None
    event.save(update_fields=["starts_on"])
    chief = chief_of(event)
    secretary = signed_in("sec", "sys_admin", "system", "")

    contests.postpone_edition(actor=secretary, edition=event.edition, starts_on=date(2027, 3, 1), reason="疫情")
    told_now()

    assert chief.user_id in told("event.postponed")


def test_a_programme_reaches_those_for_whom_it_changes(event: Event, organiser: Actor) -> None:
    chief = chief_of(event)
    meeting = venues.ItemDraft("judge_meeting", DAY, DAY + timedelta(hours=1), audience=["judges"])
    leaders = venues.ItemDraft("leader_meeting", DAY, DAY + timedelta(hours=1), audience=["leaders"])
    item = venues.add_item(actor=organiser, event=event, draft=meeting)
    venues.publish_programme(actor=organiser, event=event)
    venues.add_item(actor=organiser, event=event, draft=leaders)
    venues.publish_programme(actor=organiser, event=event)
    told_now()
    unconcerned = told("programme.changed")
    moved = venues.ItemDraft("judge_meeting", DAY, DAY + timedelta(hours=1), place="图书馆", audience=["leaders"])
    venues.change_item(actor=organiser, item=item, draft=moved)
    venues.publish_programme(actor=organiser, event=event, note="换会场")
    told_now()

    note = Note.objects.get(kind="programme.changed", recipient=chief.user_id)

    assert told("programme.published") == {chief.user_id}
    assert unconcerned == set()
    told_of = {"event": event.name, "number": 3, "count": 1, "note": "换会场"}
    assert note.params == {**told_of, "because": "event.judges"}


def test_who_sat_hears_that_the_seat_is_closed(event: Event, organiser: Actor) -> None:
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    seat, holder = seated(panel, 1)

    services.end_seat(actor=organiser, seat=seat)

    assert told("seat.closed") == {holder.user_id}


def test_organisers_write_to_the_judges_of_their_own_events(
    event: Event, organiser: Actor, other_organiser: Actor, client: Client
) -> None:
    chief = chief_of(event)
    client.force_login(User.objects.get(pk=organiser.user_id))

    page = client.get("/notices/new/?audience=event.judges").content.decode()

    assert (
        event.code in keys_of(organiser, "event.judges"),
        event.code in keys_of(other_organiser, "event.judges"),
    ) == (
        True,
        False,
    )
    assert [one.user_id for one in addressees("event.judges", event.code)] == [chief.user_id]
    assert "event.judges" in page


def accepted_without_account(event: Event, serial: int, email: str) -> Judge:
    """Somebody of the pool whom a school named and the organiser took."""
    school = Organisation.objects.first()
    assert school is not None
    one = judge(serial, f"第{serial}公司", email=email)
    Nomination.objects.create(event=event, school=school, judge=one, state="accepted", reason="x")
    return one


def test_a_notice_reaches_accepted_judges_without_an_account_by_letter_until_they_have_a_seat(
    event: Event, organiser: Actor
) -> None:
    first = accepted_without_account(event, 920, "judge920@example.cn")
    seated_one = accepted_without_account(event, 921, "judge921@example.cn")
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    seat, _holder = seated(panel, 1)
    seat.judge = seated_one
    seat.save(update_fields=["judge"])
    user = seat.user
    assert user is not None
    text = Text("报到：{event}", "{name}：{calendar}")
    draft = notify.Draft("event.judges", event.code, text)

    with mail_server(Mailbox()) as mailbox:
        notice = notify.draft_notice(actor=organiser, client_id=uuid4(), draft=draft)
        notify.send_notice(actor=organiser, notice=notice)
        notify.deliver_due()

    letter = mailbox.arrived[0].get_content().replace("\r\n", "\n")
    assert mailbox.to == ["judge920@example.cn"]
    assert letter.startswith(f"裁判920：https://saixun.example.cn/events/{event.code}/programme/\n")
    assert set(Note.objects.filter(notice=notice).values_list("recipient", "person")) == {
        (user.pk, None),
        (None, first.person_id),
    }


def test_new_days_and_a_new_programme_reach_accepted_judges_without_an_account_by_letter(
    event: Event, organiser: Actor
) -> None:
    one = accepted_without_account(event, 922, "judge922@example.cn")
    meeting = venues.ItemDraft("judge_meeting", DAY, DAY + timedelta(hours=1), audience=["judges"])
    venues.add_item(actor=organiser, event=event, draft=meeting)

    with mail_server(Mailbox()) as mailbox:
        contests.postpone_event(actor=organiser, event=event, starts_on=date(2027, 3, 1), reason="场地检修")
        venues.publish_programme(actor=organiser, event=event)
        told_now()
        notify.deliver_due()

    letters = [letter.get_content() for letter in mailbox.arrived]
    assert mailbox.to == ["judge922@example.cn"] * 2
    assert "场地检修" in letters[0] and f"https://saixun.example.cn/events/{event.code}/programme/" in letters[1]
    assert all(f"您属于：赛项裁判（{event.code} {event.name}）" in text for text in letters)
    assert set(Note.objects.values_list("recipient", "person")) == {(None, one.person_id)}


def test_a_letter_to_an_account_carries_the_readers_own_calendar_link_and_the_note_does_not(
    event: Event, organiser: Actor
) -> None:
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    seat, holder = seated(panel, 1)
    assert seat.user is not None
    notify.record_address(actor=SYSTEM, user=seat.user, email="seat1@example.cn")
    venues.give_calendars(grants=Grant.objects.filter(user=seat.user))
    draft = notify.Draft("event.judges", event.code, Text("报到：{event}", "{calendar}"))

    with mail_server(Mailbox()) as mailbox:
        notice = notify.draft_notice(actor=organiser, client_id=uuid4(), draft=draft)
        notify.send_notice(actor=organiser, notice=notice)
        notify.deliver_due()

    link = path_of(CalendarLink.objects.get(grant__user=holder.user_id))
    note = Note.objects.get(notice=notice)
    assert f"https://saixun.example.cn{link}" in mailbox.arrived[0].get_content()
    assert link not in f"{body_of(note)} {note.params}"
    assert "calendar" not in note.params


def test_the_mailbox_of_a_judge_who_was_recorded_twice_is_found_under_the_person_that_counts(event: Event) -> None:
    first, again = judge(930, "甲公司", email="judge930@example.cn"), judge(931, "甲公司")
    Nomination.objects.create(
        event=event, school=Organisation.objects.earliest("pk"), judge=again, state="accepted", reason="x"
    )
    again.person.merged_into = first.person
    again.person.save(update_fields=["merged_into"])

    told = addressees("event.judges", event.code)

    assert [(one.user_id, one.person_id) for one in told] == [(None, first.person_id)]
    assert mailboxes("event.judges", [event.code], [first.person_id])[first.person_id].email == "judge930@example.cn"
