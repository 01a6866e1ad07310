"""Notes reach their recipients only, are told in words and count until they are read."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref
from backend.notify import selectors, services
from backend.notify.models import Note
from backend.people.services import grant_role

pytestmark = pytest.mark.django_db
selectors.register_text("test.returned", _("Entry %(code)s was returned."))


def acting(user: User) -> Actor:
    return Actor(role="school_coordinator", user_id=user.pk, user_uid=user.uid)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("li")


@pytest.fixture
def stranger() -> User:
    return User.objects.create_user("zhao")


def send(*users: User) -> int:
    return services.send_note(recipients=users, kind="test.returned", params={"code": "E1"}, link="/events/")


def test_each_recipient_is_told_once_in_words(user: User, stranger: User) -> None:
    told = send(user, user, stranger)

    assert told == 2
    assert [selectors.text_of(note) for note in selectors.inbox(acting(user))] == ["Entry E1 was returned."]


def test_a_note_without_its_value_or_words_is_still_shown(user: User) -> None:
    notes = [Note(recipient=user, kind="test.returned"), Note(recipient=user, kind="unknown.kind")]

    assert [selectors.text_of(note) for note in notes] == ["Entry  was returned.", "unknown.kind"]


def test_reading_counts_down_and_leads_on(user: User, client: Client) -> None:
    send(user)
    client.force_login(user)
    note = Note.objects.get()

    before = client.get("/inbox/").context["unread"]
    there = client.post(f"/inbox/{note.uid}/").headers["Location"]
    again = client.post(f"/inbox/{note.uid}/").status_code

    assert (before, there, again, selectors.unread_count(acting(user))) == (1, "/events/", 302, 0)


def test_a_strangers_note_is_not_found_and_stays_unread(user: User, stranger: User, client: Client) -> None:
    send(user)
    client.force_login(stranger)

    answer = client.post(f"/inbox/{Note.objects.get().uid}/").status_code
    services.mark_read(actor=acting(stranger), note=Note.objects.get())
    services.mark_all_read(actor=acting(stranger))

    assert (answer, selectors.unread_count(acting(user))) == (404, 1)


def test_an_empty_inbox_says_what_will_come(user: User, client: Client) -> None:
    client.force_login(user)

    assert client.get("/inbox/").context["notes"] == []


def test_visitors_have_no_inbox(client: Client) -> None:
    assert client.get("/inbox/").status_code == 403


def test_all_notes_are_marked_read_at_once(user: User, client: Client) -> None:
    send(user)
    send(user)
    client.force_login(user)

    client.post("/inbox/read/")

    assert selectors.unread_count(acting(user)) == 0


def test_a_new_role_is_told_to_its_holder_by_name(user: User) -> None:
    grant_role(actor=SYSTEM, user=user, role="organiser", scope=Ref("group", "12", "河南电子与信息职业教育集团"))
    grant_role(actor=SYSTEM, user=user, role="organiser", scope=Ref("group", "12", "河南电子与信息职业教育集团"))

    with override("en"):
        told = [selectors.text_of(note) for note in selectors.inbox(acting(user))]

    assert told == ["You were given the role Organiser. 河南电子与信息职业教育集团"]
